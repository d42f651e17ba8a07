import { createHash } from 'node:crypto';
import type { NoticeFacts } from '../services/deliveries/notice-ports.ts';
import { placeOf } from './alert-headline.ts';
import { SIGNAL_WORDS } from './alert-signals.ts';
import { noticeHeadline } from './mail/notice-headline.ts';

type Labels = Readonly<Record<string, string>>;

interface PayloadAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** As Alertmanager sends it to a webhook (version 4 of its format; Alertmanager 0.25.0). */
export interface AlertmanagerPayload {
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: number;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  readonly externalURL: string;
  readonly alerts: readonly PayloadAlert[];
}

/** Go's zero time: it goes on. */
const NOT_ENDED = '0001-01-01T00:00:00Z';
const MOST_ALERTS = 100;

/** All alerts of the group as they are now, and those that have ended since it began. */
export function alertmanagerPayload(facts: NoticeFacts): AlertmanagerPayload {
  const { group, rule, slackLink } = facts;
  const all = [...(group.endedAt === undefined ? facts.alerts.map(firing(facts)) : []), ...ended(facts)];
  const alerts = all.slice(0, MOST_ALERTS);
  return {
    version: '4',
    groupKey: `msops:${group.id}`,
    truncatedAlerts: all.length - alerts.length,
    status: group.endedAt === undefined ? 'firing' : 'resolved',
    receiver: rule.to[0] ?? '',
    groupLabels: groupLabels(facts),
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: slackLink ?? '',
    alerts,
  };
}

function groupLabels({ group }: NoticeFacts): Labels {
  const { customer, environment, signal, title = SIGNAL_WORDS[signal].noun } = group;
  return { alertname: title, customer, environment };
}

type About = { readonly host: string; readonly subject: string };

/** Without the severity: an alert that gets worse stays the same one. */
function identity(facts: NoticeFacts, { host, subject }: About): Labels {
  const { signal, owner = 'operations', isTest } = facts.group;
  const instance = placeOf(signal, { host, subject });
  const test = isTest ? { test: 'true' } : {};
  return { ...groupLabels(facts), signal, owner, host, instance, subject, ...test };
}

function fingerprintOf(labels: Labels): string {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

function firing(facts: NoticeFacts): (alert: NoticeFacts['alerts'][number]) => PayloadAlert {
  const { headline, runbook } = { headline: noticeHeadline(facts).what, runbook: facts.runbook };
  return (alert) => {
    const labels = identity(facts, alert);
    const { severity, text, firedAt, since, links, isTest } = alert;
    const description = isTest ? 'TEST: nothing is wrong' : text;
    const read = runbook === undefined ? {} : { runbook_url: runbook };
    return {
      status: 'firing',
      labels: { ...labels, severity },
      annotations: { summary: headline, description, incident: facts.group.id, ...read },
      startsAt: (firedAt ?? since).toISOString(),
      endsAt: NOT_ENDED,
      generatorURL: links?.source ?? facts.slackLink ?? '',
      fingerprint: fingerprintOf(labels),
    };
  };
}

/** What ended last is known best; of those before it only when they ended. */
function ended(facts: NoticeFacts): readonly PayloadAlert[] {
  const { group, change, now, slackLink } = facts;
  const known = new Map(change?.ended.map((alert) => [JSON.stringify([alert.host, alert.subject]), alert]));
  return group.ended.map(({ host, subject, at }) => {
    const alert = known.get(JSON.stringify([host, subject]));
    const labels = identity(facts, { host, subject });
    return {
      status: 'resolved',
      labels: { ...labels, ...(alert === undefined ? {} : { severity: alert.severity }) },
      annotations: { summary: noticeHeadline(facts).what, incident: group.id },
      startsAt: (alert?.firedAt ?? group.begunAt).toISOString(),
      endsAt: (at > now ? now : at).toISOString(),
      generatorURL: slackLink ?? '',
      fingerprint: fingerprintOf(labels),
    };
  });
}

/** What all of them have. */
function common(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((labels) => labels[name] === value)),
  );
}
