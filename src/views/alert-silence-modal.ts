import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { count } from '../domain/count.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import { ALERT_SILENCE } from './alert-buttons.ts';
import { alertHeadline } from './alert-headline.ts';
import { SIGNAL_WORDS } from './alert-signals.ts';
import { section } from './blocks.ts';
import { clean, cut } from './mrkdwn.ts';
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

export const LONGEST_REASON = 500;
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
  return {
    type: 'modal',
    callback_id: ALERT_SILENCE,
    private_metadata: JSON.stringify(remembered),
    title: { type: 'plain_text', text: 'Silence' },
    submit: { type: 'plain_text', text: 'Silence' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(`${icon} *${ref}* · ${mrkdwn}\nThe checks go on; nobody is told until the time is over.`),
      choice({ blockId: FOR_INPUT, label: 'For how long?', options: durations, first: USUAL }),
      {
        type: 'input',
        block_id: UNTIL_INPUT,
        optional: true,
        label: { type: 'plain_text', text: 'Or until when?' },
        hint: { type: 'plain_text', text: untilHint(timeZone) },
        element: { type: 'plain_text_input', action_id: UNTIL_INPUT, max_length: LONGEST_UNTIL },
      },
      choice({ blockId: WHAT_INPUT, label: 'What?', options: scopes, first: scopes[0]?.value }),
      {
        type: 'input',
        block_id: SILENCE_REASON_INPUT,
        label: { type: 'plain_text', text: 'Why?' },
        hint: { type: 'plain_text', text: 'Stands on the alert and in the audit log.' },
        element: {
          ...{ type: 'plain_text_input', action_id: SILENCE_REASON_INPUT },
          ...{ multiline: true, max_length: LONGEST_REASON },
        },
      },
    ],
  };
}

function untilHint(timeZone: string): string {
  return `Counts instead of the above: 02:00, sun 02:00, tomorrow 08:00 or in 2h, on the clocks of ${clean(timeZone)}. At most 7 days.`;
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

interface Choice {
  readonly blockId: string;
  readonly label: string;
  readonly options: readonly PlainTextOption[];
  /** Chosen at first. */
  readonly first: string | undefined;
}

function choice({ blockId, label, options, first }: Choice): InputBlock {
  const initial = options.find(({ value }) => value === first);
  return {
    type: 'input',
    block_id: blockId,
    label: { type: 'plain_text', text: label },
    element: {
      ...{ type: 'static_select', action_id: blockId, options: [...options] },
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function option(value: string, label: string): PlainTextOption {
  return { value, text: { type: 'plain_text', text: cut(clean(label), SLACK_LIMITS.option.text) } };
}

function sentenceCase(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
