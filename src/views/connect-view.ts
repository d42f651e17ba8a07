import type { KnownBlock } from '@slack/types';
import { refOf } from '../domain/environment-ref.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import type { PathStep, PathStepState } from '../services/access-paths/path-step.ts';
import { context, packLines, section } from './blocks.ts';
import { describeHopFailure } from './hop-failure-words.ts';
import { code, cut, cutMrkdwn, escapeMrkdwn } from './mrkdwn.ts';
import { proposal } from './status-problems.ts';

const STEP_SECTIONS = 12;
const LONGEST_STEP = 1200;
const LONGEST_NAME = 80;
/** More hosts than this are summed up when there is nothing to say about them. */
const LISTED_HOSTS = 12;

const ICONS: Record<PathStepState, string> = {
  waiting: '⏳',
  ok: '✅',
  warning: '⚠️',
  broken: '⛔',
  unknown: '❔',
  not_reached: '▫️',
};

export interface ConnectFacts {
  readonly selection: { readonly customer: string; readonly environment: Environment };
  /** In the order of the way. Empty before the first look. */
  readonly steps: readonly PathStep[];
  readonly isFinal: boolean;
}

/** The way in, hop by hop, and where it breaks. */
export function connectView({ selection, steps, isFinal }: ConnectFacts): Message {
  const ref = escapeMrkdwn(refOf(selection.environment));
  const headline = isFinal ? verdict(steps) : { icon: ICONS.waiting, words: 'checking the way in…' };
  const packed = packLines(describeSteps(steps), STEP_SECTIONS);
  const blocks = [
    section(`${headline.icon} *${ref}*: ${headline.words}`),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`${packed.left} more found no room here.`)] : []),
  ] satisfies KnownBlock[];
  return { text: `${headline.icon} ${ref}: ${headline.words}`, blocks };
}

function verdict(steps: readonly PathStep[]): { icon: string; words: string } {
  const common = steps.filter(({ kind }) => kind !== 'host');
  const hosts = steps.filter(({ kind }) => kind === 'host');
  const brokenHop = common.find(({ state }) => state === 'broken');
  if (brokenHop) {
    const name = code(cut(brokenHop.name, LONGEST_NAME));
    return { icon: ICONS.broken, words: `the way in breaks at ${name}; no host can be reached` };
  }
  const reached = hosts.filter(({ state }) => state === 'ok' || state === 'warning').length;
  const words = `${reached} of ${hosts.length} hosts can be reached`;
  if (reached < hosts.length) {
    return { icon: ICONS.broken, words };
  }
  const doubts = steps.some(({ state }) => state === 'warning' || state === 'unknown');
  return doubts ? { icon: ICONS.warning, words: `${words}, with remarks` } : { icon: ICONS.ok, words };
}

function describeSteps(steps: readonly PathStep[]): readonly string[] {
  const hosts = steps.filter(({ kind }) => kind === 'host');
  const isLong = hosts.length > LISTED_HOSTS;
  const quiet = (step: PathStep): boolean => isLong && step.kind === 'host' && QUIET[step.state] !== undefined;
  const sums = Map.groupBy(hosts.filter(quiet), ({ state }) => state);
  return [
    ...steps.filter((step) => !quiet(step)).map(describeStep),
    ...[...sums].map(([state, { length }]) => `${ICONS[state]} ${length} ${QUIET[state]}`),
  ];
}

const QUIET: Partial<Record<PathStepState, string>> = {
  ok: 'other hosts can be reached',
  waiting: 'hosts are being tried',
  not_reached: 'hosts not tried',
};

function describeStep({ name, kind, state, detail, next, failure }: PathStep): string {
  const isAboutThis = failure !== undefined && failure.role === kind && failure.hop === name;
  const found = failure ? describeHopFailure(failure) : { what: detail ?? WITHOUT_DETAIL[state], next };
  const hop = isAboutThis ? '' : `${kind === 'vpn' ? 'VPN' : kind} ${code(cut(name, LONGEST_NAME))}: `;
  const label = `${ICONS[state]} ${hop}${escapeMrkdwn(found.what)}`;
  return cutMrkdwn(found.next ? `${label}\n      ${proposal(found.next)}` : label, LONGEST_STEP);
}

const WITHOUT_DETAIL: Record<PathStepState, string> = {
  waiting: 'waiting',
  ok: 'works',
  warning: 'works, with a remark',
  broken: 'broken',
  unknown: 'unknown',
  not_reached: 'not tried',
};
