import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Environment } from '../domain/inventory.ts';
import type { AccessKind } from '../services/access/grant.ts';
import type { AccessDraft } from './access-draft.ts';
import { choiceInput, formOption, frame, initialOptions, textInput, ticksInput } from './access-form-inputs.ts';
import { KIND_NAMES } from './access-text.ts';
import { section } from './blocks.ts';
import { clean, cut, escapeMrkdwn } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** Callback id; the metadata is the id of the customer. */
export const ACCESS_REQUEST_MODAL = 'access.request';

/** Block ids of the inputs. */
export const ENVIRONMENT_INPUT = 'environment';
export const KINDS_INPUT = 'kinds';
export const HOSTS_INPUT = 'hosts';
export const LOGS_INPUT = 'productLogs';
export const FOR_INPUT = 'for';
export const REASON_INPUT = 'reason';
export const TICKET_INPUT = 'ticket';
export const KEY_INPUT = 'publicKey';

export const LONGEST_REASON = 500;
const LONGEST_TICKET = 60;
const LONGEST_KEY = 3_000;
const LONGEST_NAME = 60;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DURATIONS: Readonly<Record<string, { readonly ms: number; readonly label: string }>> = {
  '1h': { ms: HOUR, label: '1 hour' },
  '4h': { ms: 4 * HOUR, label: '4 hours' },
  '8h': { ms: 8 * HOUR, label: '8 hours' },
  '1d': { ms: DAY, label: '1 day' },
  '3d': { ms: 3 * DAY, label: '3 days' },
  '7d': { ms: 7 * DAY, label: '7 days' },
  '14d': { ms: 14 * DAY, label: '14 days' },
  '30d': { ms: 30 * DAY, label: '30 days' },
  '90d': { ms: 90 * DAY, label: '90 days' },
};
const USUAL = '4h';

export interface AccessFormFacts {
  readonly customer: { readonly id: string; readonly name: string };
  /** Those that they may ask for; at least one. */
  readonly environments: readonly Environment[];
  /** At least one. */
  readonly kinds: readonly AccessKind[];
  readonly longestMs: number;
  /** What they had filled in before. */
  readonly draft?: AccessDraft | undefined;
}

/** What somebody wants to read, for how long and why. The person who sends it gets it. */
export function accessRequestModal(facts: AccessFormFacts): ModalView {
  const { customer, environments, kinds, longestMs, draft = {} } = facts;
  const places = environments.slice(0, SLACK_LIMITS.select.options).map(({ name }) => formOption(name, name));
  const durations = durationOptions(longestMs);
  const name = escapeMrkdwn(cut(customer.name, LONGEST_NAME));
  return {
    type: 'modal',
    callback_id: ACCESS_REQUEST_MODAL,
    private_metadata: customer.id,
    title: { type: 'plain_text', text: 'Read-only access' },
    submit: { type: 'plain_text', text: 'Ask for it' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(`*For you alone*, to systems of ${name}. It has to be approved, and it ends by itself.`),
      choiceInput({
        ...{ blockId: ENVIRONMENT_INPUT, label: 'Which environment?', options: places },
        first: places.length === 1 ? places[0]?.value : draft.environment,
      }),
      ticksInput({
        ...{ blockId: KINDS_INPUT, label: 'What?' },
        options: kinds.map((kind) => formOption(kind, KIND_NAMES[kind])),
        ticked: draft.kinds,
      }),
      choiceInput({ blockId: FOR_INPUT, label: 'For how long?', options: durations, first: draft.for ?? USUAL }),
      textInput({
        ...{ blockId: REASON_INPUT, label: 'Why?', longest: LONGEST_REASON, isLong: true },
        initial: draft.reason,
      }),
      textInput({
        blockId: TICKET_INPUT,
        label: 'Ticket',
        longest: LONGEST_TICKET,
        isOptional: true,
        initial: draft.ticket,
      }),
      ...(kinds.includes('linux') ? linuxInputs(environments, draft) : []),
    ],
  };
}

function linuxInputs(environments: readonly Environment[], draft: AccessDraft): readonly InputBlock[] {
  const groups = hostGroups(environments);
  const options = groups.flatMap((group) => group.options);
  return [
    {
      ...frame({ blockId: HOSTS_INPUT, label: 'Linux account: on which hosts?', isOptional: true }),
      element: {
        ...{ type: 'multi_static_select', action_id: HOSTS_INPUT, option_groups: [...groups] },
        ...initialOptions(options, draft.hosts),
      },
    },
    ticksInput({
      ...{ blockId: LOGS_INPUT, label: 'Linux account: what else?', isOptional: true },
      options: [formOption('yes', 'The log files of the products, too')],
      ticked: draft.productLogs ? ['yes'] : [],
    }),
    textInput({
      ...{ blockId: KEY_INPUT, label: 'Linux account: your SSH public key', longest: LONGEST_KEY },
      ...{ isLong: true, isOptional: true },
      hint: 'The one line of a .pub file: ssh-ed25519 AAAA… Never the private key.',
    }),
  ];
}

/** Values are `environment/host`; what is too long to be chosen is left out. */
function hostGroups(environments: readonly Environment[]) {
  const most = SLACK_LIMITS.select;
  return environments
    .map(({ name, hosts }) => ({
      label: { type: 'plain_text' as const, text: cut(clean(name), most.groupLabel) },
      options: hosts
        .map((host) => formOption(`${name}/${host.name}`, host.name))
        .filter(({ value = '' }) => value.length <= SLACK_LIMITS.option.value)
        .slice(0, most.options),
    }))
    .filter(({ options }) => options.length > 0)
    .slice(0, most.groups);
}

/** Up to the longest, which is always among them. */
export function durationOptions(longestMs: number): readonly PlainTextOption[] {
  const within = Object.entries(DURATIONS).filter(([, { ms }]) => ms <= longestMs);
  const isListed = within.some(([, { ms }]) => ms === longestMs);
  const minutes = Math.floor(longestMs / MINUTE);
  const longest = isListed || minutes < 1 ? [] : [formOption(`${minutes}m`, `${spell(minutes)}, the longest`)];
  return [...within.map(([value, { label }]) => formOption(value, label)), ...longest];
}

function spell(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${number} ${unit}`)
    .join(' ');
}
