import type { ModalView, PlainTextOption } from '@slack/types';
import { count } from '../domain/count.ts';
import { LONGEST_REASON } from '../domain/reason.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import { ALERT_SILENCE } from './alert-buttons.ts';
import { alertHeadline } from './alert-headline.ts';
import { SIGNAL_WORDS } from './alert-signals.ts';
import { section } from './blocks.ts';
import { modal, option, selectInput, textInput } from './modal.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** Block ids of the inputs. */
export const FOR_INPUT = 'for';
export const UNTIL_INPUT = 'until';
export const WHAT_INPUT = 'what';
export const SILENCE_REASON_INPUT = 'reason';

/** Values of `what`; a host follows `HOST_PREFIX`. */
export const THESE_HOSTS = 'hosts';
export const WHOLE_SIGNAL = 'signal';
export const HOST_PREFIX = 'host:';

/** Each of them becomes a silence of its own. */
const MOST_HOSTS = 20;
/** Characters of what the form remembers. */
const LONGEST_HOSTS = 2_000;
const LONGEST_UNTIL = 60;

/** What the form remembers, as JSON. */
export interface SilenceFormMemory {
  /** Of the group. */
  readonly id: string;
  /** That were shown, so that nothing else is silenced than what somebody has read. */
  readonly hosts: readonly string[];
  readonly timeZone: string;
  /** ISO 8601. */
  readonly openedAt: string;
}

const DURATIONS = { '1h': '1 hour', '4h': '4 hours', '1d': '1 day', '7d': '7 days' } as const;
const USUAL: keyof typeof DURATIONS = '4h';

export interface SilenceFormFacts {
  readonly group: AlertGroup;
  readonly timeZone: string;
  readonly now: Date;
}

/** How long, what, and why. */
export function alertSilenceModal({ group, timeZone, now }: SilenceFormFacts): ModalView {
  const hosts = offeredHosts(group);
  const remembered: SilenceFormMemory = { id: group.id, hosts, timeZone, openedAt: now.toISOString() };
  const durations = Object.entries(DURATIONS).map(([value, label]) => option(value, label));
  const scopes = scopeOptions(group, hosts);
  const { icon, ref, mrkdwn } = alertHeadline(group);
  return modal({
    title: 'Silence',
    form: { callbackId: ALERT_SILENCE, metadata: JSON.stringify(remembered), submit: 'Silence' },
    blocks: [
      section(`${icon} *${ref}* · ${mrkdwn}\nThe checks go on; nobody is told until the time is over.`),
      selectInput({ id: FOR_INPUT, label: 'For how long?', options: durations, first: USUAL }),
      textInput({
        id: UNTIL_INPUT,
        label: 'Or until when?',
        hint: untilHint(timeZone),
        longest: LONGEST_UNTIL,
        optional: true,
      }),
      selectInput({ id: WHAT_INPUT, label: 'What?', options: scopes, first: scopes[0]?.value }),
      textInput({
        id: SILENCE_REASON_INPUT,
        label: 'Why?',
        hint: 'Stands on the alert and in the audit log.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });
}

function untilHint(timeZone: string): string {
  return `Counts instead of the above: 02:00, sun 02:00, tomorrow 08:00 or in 2h, on the clocks of ${timeZone}. At most 7 days.`;
}

/** None for a way in: its alerts are about hops; none for what others report, which may be about hosts of theirs. Names that are too long for the form are left to the command. */
function offeredHosts({ signal, alerts }: AlertGroup): readonly string[] {
  const isOfOurHosts = SIGNAL_WORDS[signal].of === 'host' && signal !== 'external';
  const named = isOfOurHosts ? [...new Set(alerts.map(({ host }) => host))] : [];
  const fitting = named.filter((host) => host !== '' && host.length <= SLACK_LIMITS.option.value - HOST_PREFIX.length);
  return fitting.slice(0, MOST_HOSTS).filter((_, index, hosts) => sizeOf(hosts.slice(0, index + 1)) <= LONGEST_HOSTS);
}

/** As it is remembered, JSON within JSON. */
function sizeOf(hosts: readonly string[]): number {
  return JSON.stringify(JSON.stringify(hosts)).length;
}

function scopeOptions(group: AlertGroup, hosts: readonly string[]): readonly PlainTextOption[] {
  const { signal, customer, environment, alerts, title } = group;
  const { noun } = SIGNAL_WORDS[signal];
  const isAll = hosts.length > 0 && alerts.every(({ host }) => hosts.includes(host));
  const these = hosts.length === 1 ? hosts[0] : `these ${count(hosts.length, 'host')}`;
  return [
    ...(isAll ? [option(THESE_HOSTS, `${sentenceCase(noun)}: ${these}`)] : []),
    option(WHOLE_SIGNAL, `${sentenceCase(title ?? noun)}: all of ${customer}/${environment}`),
    ...hosts.map((host) => option(`${HOST_PREFIX}${host}`, `Every alert of ${host}`)),
  ];
}

function sentenceCase(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
