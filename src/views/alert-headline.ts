import { count } from '../domain/count.ts';
import type { Signal } from '../domain/inventory.ts';
import { listSome } from '../domain/list-some.ts';
import type { Alert, AlertGroup, Severity } from '../services/alerts/alert.ts';
import { ENDED_ICON, SEVERITY_ICONS, SIGNAL_WORDS, SILENT_ICON } from './alert-signals.ts';
import { formatAge } from './format-numbers.ts';
import { cut, escapeMrkdwn } from './mrkdwn.ts';
import { listHosts, sentence } from './rollout-text.ts';

/** What a message is about, for a notification and for its first line. */
export interface AlertHeadline {
  readonly icon: string;
  /** `acme/prod`, escaped; says when it is made up. */
  readonly ref: string;
  /** Without markup: phones show it as it is. */
  readonly plain: string;
  readonly mrkdwn: string;
}

const WORST_FIRST: readonly Severity[] = ['critical', 'warning', 'unknown'];
/** Nobody gets up for it. */
const TEST_MARK = '🧪 Test, nothing is wrong:';
const TEST_WORDS = 'a made-up alert shows where alerts arrive';
const NAMED = 5;
const LONGEST_NAME = 60;
const LONGEST_TITLE = 100;

export function alertHeadline(group: AlertGroup): AlertHeadline {
  const words = group.endedAt === undefined ? whatIsWrong : whatIsOver;
  return {
    icon: alertIcon(group),
    ref: `${group.isTest ? `${TEST_MARK} ` : ''}${sentence(`${group.customer}/${group.environment}`)}`,
    plain: words(group, (names) => shortNames(names, escapeMrkdwn)),
    mrkdwn: words(group, (names) => listHosts(names)),
  };
}

function alertIcon({ endedAt, alerts }: AlertGroup): string {
  const worst = worstTold(alerts);
  return endedAt === undefined ? (worst === undefined ? SILENT_ICON : SEVERITY_ICONS[worst]) : ENDED_ICON;
}

/** `undefined`: nobody is told anything. */
export function worstTold(alerts: readonly Alert[]): Severity | undefined {
  const told = toldOf(alerts);
  return WORST_FIRST.find((severity) => told.some((alert) => alert.severity === severity));
}

/** Those that somebody hears of. */
export function toldOf(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.filter(({ suppressed }) => suppressed === undefined);
}

/** A bastion or a tunnel is no host: it is named by the subject. */
export function placeOf(signal: Signal, { host, subject }: Pick<Alert, 'host' | 'subject'>): string {
  return (SIGNAL_WORDS[signal].of === 'hop' ? subject || host : host) || 'somewhere';
}

/** What a customer's monitoring reports may be about no host at all. */
export function isSomewhere(signal: Signal, host: string): boolean {
  return signal !== 'external' || host !== '';
}

/** Each once. */
export function placesOf(signal: Signal, about: Places): readonly string[] {
  const known = about.filter(({ host }) => isSomewhere(signal, host));
  return [...new Set(known.map((one) => placeOf(signal, one)))];
}

type Names = (names: readonly string[]) => string;
type Places = readonly Pick<Alert, 'host' | 'subject'>[];

function whatIsWrong(group: AlertGroup, names: Names): string {
  const { signal, alerts, isTest } = group;
  if (isTest) {
    return TEST_WORDS;
  }
  const told = toldOf(alerts);
  const words = told.length > 0 ? wrongWords(signal, told, names) : `${SIGNAL_WORDS[signal].noun}: nobody is told`;
  return `${titleOf(group)}${words}`;
}

/** `disk filling up on 2 hosts: mi-2, db-1; disk unknown on is-1`. */
export function wrongWords(signal: Signal, alerts: readonly Alert[], names: Names): string {
  const { wrong, unknown } = SIGNAL_WORDS[signal];
  const parts = [...Map.groupBy(alerts, ({ severity }) => (severity === 'unknown' ? unknown : wrong))];
  return parts.map(([words, about]) => withPlaces(words, counted(signal, about, names))).join('; ');
}

/** Nothing is said to be for nobody. */
function withPlaces(words: string, places: string): string {
  return places === '' ? words.replace(/ for$/, '') : `${words} ${places}`;
}

function whatIsOver(group: AlertGroup, names: Names): string {
  const { signal, begunAt, endedAt, ended, isTest } = group;
  const over = `over after ${formatAge(begunAt, endedAt ?? begunAt)}`;
  if (isTest) {
    return `${over}: ${TEST_WORDS}`;
  }
  return `${over}: ${titleOf(group)}${overWords(signal, ended, names)}`;
}

/** `disk on 2 hosts: mi-2, db-1`. */
export function overWords(signal: Signal, about: Places, names: Names): string {
  const { noun, of } = SIGNAL_WORDS[signal];
  const places = counted(signal, about, names);
  return places === '' ? noun : `${noun} ${of === 'hop' ? 'through' : 'on'} ${places}`;
}

/** What the customer's monitoring calls it. */
function titleOf({ title }: AlertGroup): string {
  return title === undefined ? '' : `${sentence(cut(title, LONGEST_TITLE))}: `;
}

function counted(signal: Signal, about: Places, names: Names): string {
  const places = placesOf(signal, about);
  const many = places.length > 1 ? `${count(places.length, SIGNAL_WORDS[signal].of)}: ` : '';
  return `${many}${names(places)}`;
}

/** No more than a phone or a subject shows. */
export function shortNames(names: readonly string[], safe: (text: string) => string): string {
  const shown = names.map((name) => safe(cut(name, LONGEST_NAME)));
  return listSome(shown, NAMED);
}
