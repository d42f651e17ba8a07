import { advanceHeard, ageHeard, type HeardMoment } from './age-heard.ts';
import type { Alert, Heard } from './alert.ts';
import type { IncomingAlert } from './alert-service.ts';
import { beginLimit, isHeard, MOST_HEARD } from './heard-limit.ts';
import { createHeardTitles, type HeardTitles } from './heard-titles.ts';
import type { AlertBoard, ResolvedAlert } from './ports.ts';
import { thingKey } from './thing.ts';

type Board = Pick<AlertBoard, 'alerts' | 'resolved'>;

export interface HeardAlerts {
  readonly board: Board;
  /** How many were new or have changed something. */
  readonly changed: number;
}

/** Alerts of one report. */
const MOST_INCOMING = 1_000;
const LONGEST = { fingerprint: 128, title: 120, host: 120, text: 500 } as const;
const RESOLVED_KEPT_MS = 3 * 86_400_000;
const MOST_RESOLVED = 2_000;

/** Takes in what a customer's monitoring says, in the order in which it says it. Each alert counts alone. */
export function hearAlerts(board: Board, incoming: readonly IncomingAlert[], moment: HeardMoment): HeardAlerts {
  const aged = ageHeard(board.alerts, moment);
  const draft: Draft = {
    alerts: new Map(aged.map((alert) => [keyOf(alert), alert])),
    left: MOST_HEARD - aged.filter(isHeard).length,
    resolved: new Map((board.resolved ?? []).map((one) => [keyOfTheirs(one), one])),
    isOver: false,
    titles: createHeardTitles(aged),
  };
  const taken = incoming.slice(0, MOST_INCOMING).map(cutTexts);
  const changed = taken.filter((one) => (one.state === 'firing' ? fire : resolve)(draft, one, moment)).length;
  const all = draft.isOver ? beginLimit([...draft.alerts.values()], moment.now) : [...draft.alerts.values()];
  return { board: { alerts: inOrder(all), ...remembered(draft, moment.now) }, changed };
}

/** As rounds of checks leave them. */
function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  const keyed = alerts.map((alert) => [thingKey(alert), alert] as const);
  return keyed.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, alert]) => alert);
}

interface Draft {
  readonly alerts: Map<string, Alert>;
  readonly resolved: Map<string, ResolvedAlert>;
  /** How many more may be open. */
  left: number;
  /** Whether one was left out because there are too many. */
  isOver: boolean;
  readonly titles: HeardTitles;
}

function fire(draft: Draft, one: IncomingAlert, moment: HeardMoment): boolean {
  const { alerts, resolved } = draft;
  const key = keyOfTheirs(one);
  const known = alerts.get(key);
  const ended = resolved.get(key);
  if (ended !== undefined && one.startsAt <= ended.startsAt) {
    return false;
  }
  if (known === undefined && draft.left <= 0) {
    const isNews = !draft.isOver;
    draft.isOver = true;
    return isNews;
  }
  resolved.delete(key);
  return say(draft, { key, known, one, level: one.severity }, moment);
}

function resolve(draft: Draft, one: IncomingAlert, moment: HeardMoment): boolean {
  const { alerts, resolved } = draft;
  const key = keyOfTheirs(one);
  const known = alerts.get(key);
  if (known?.heard !== undefined && known.heard.startsAt > one.startsAt) {
    return false;
  }
  const { fingerprint, title, startsAt } = one;
  if ((resolved.get(key)?.startsAt ?? 0) < startsAt) {
    resolved.set(key, { fingerprint, title, startsAt, at: moment.now });
  }
  return known !== undefined && known.heard?.level !== 'ok' && say(draft, { key, known, one, level: 'ok' }, moment);
}

interface Saying {
  readonly key: string;
  readonly known: Alert | undefined;
  readonly one: IncomingAlert;
  readonly level: Heard['level'];
}

function say(draft: Draft, { key, known, one, level }: Saying, moment: HeardMoment): boolean {
  const { fingerprint: subject, host, owner, links, startsAt } = one;
  const title = known?.title ?? draft.titles.take(one);
  const text = level === 'ok' ? (known?.heard?.text ?? one.text) : textUnder(title, one);
  const heard = { ...(title === one.title ? {} : { title: one.title }), level, text, startsAt, at: moment.now };
  const said = { host: known?.host ?? host, signal: 'external', subject, title, owner, links, heard } as const;
  const next = advanceHeard(known, said, moment);
  if (next === undefined) {
    draft.alerts.delete(key);
  } else {
    draft.alerts.set(key, next);
  }
  draft.left += Number(known !== undefined) - Number(next !== undefined);
  return contentOf(known) !== contentOf(next);
}

/** Told with others, it says what it is. */
function textUnder(title: string, one: IncomingAlert): string {
  return title === one.title ? one.text : cut(`${one.title}: ${one.text}`, LONGEST.text);
}

/** All but when it was said. */
function contentOf(alert: Alert | undefined): string {
  const { seenAt: _seen, heard, ...content } = alert ?? {};
  return JSON.stringify([content, heard?.level, heard?.startsAt]);
}

function remembered({ resolved }: Draft, now: Date): Pick<AlertBoard, 'resolved'> {
  const fresh = [...resolved.values()].filter(({ at }) => now.getTime() - at.getTime() < RESOLVED_KEPT_MS);
  return { resolved: fresh.slice(-MOST_RESOLVED) };
}

/** Things of ours by what they are about, theirs by what they call them. */
function keyOf(alert: Alert): string {
  const { heard, subject: fingerprint, title = '' } = alert;
  return heard === undefined ? thingKey(alert) : keyOfTheirs({ fingerprint, title: heard.title ?? title });
}

function keyOfTheirs({ fingerprint, title }: Pick<IncomingAlert, 'fingerprint' | 'title'>): string {
  return JSON.stringify(['theirs', fingerprint, title]);
}

function cutTexts(one: IncomingAlert): IncomingAlert {
  return {
    ...one,
    fingerprint: one.fingerprint.slice(0, LONGEST.fingerprint),
    title: cut(one.title, LONGEST.title),
    host: cut(one.host, LONGEST.host),
    text: cut(one.text, LONGEST.text),
  };
}

function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
}
