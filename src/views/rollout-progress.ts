import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import type { Rollout, RolloutHost, RolloutHostState } from '../services/rollouts/rollout.ts';
import { context, section, table } from './blocks.ts';
import { cut } from './mrkdwn.ts';
import { HOST_ICONS, HOST_STATES, ROLLOUT_PHASES } from './rollout-state.ts';
import { personName } from './rollout-text.ts';
import { elapsed } from './rollout-times.ts';

const LONGEST_HOST = 40;
/** More hosts than a screen shows are ordered by what needs a look. */
const KEPT_IN_ORDER = 40;

const COLUMNS = [
  { title: 'Host' },
  { title: 'Wave', align: 'right' },
  { title: 'Step', wraps: true },
  { title: 'Took', align: 'right' },
] as const;

const BY_ATTENTION: Record<RolloutHostState, number> = { failed: 0, in_progress: 1, waiting: 2, skipped: 3, done: 4 };

/** `wave 2 of 3 · 3 of 6 hosts done · 2 min`, at the end `6 of 6 hosts · 14 min`. Plain text. */
export function progressInWords({ rollout, hosts, now }: RolloutFacts): string {
  const of = (state: RolloutHostState): number => hosts.filter((host) => host.state === state).length;
  const [done, failed] = [of('done'), of('failed')];
  const current = hosts.filter((host) => !hasEnded(host)).map(({ wave }) => wave);
  const wave = current.length > 0 ? Math.min(...current) + 1 : rollout.waves.length;
  const took = elapsed(rollout.startedAt, rollout.endedAt ?? now);
  const all = count(hosts.length, 'host');
  const reached =
    ROLLOUT_PHASES[rollout.state] === 'ended'
      ? [`${done} of ${all}${rollout.state === 'succeeded' ? '' : ' done'}`]
      : [`wave ${wave} of ${rollout.waves.length}`, `${done} of ${all} done`];
  return [...reached, ...(failed > 0 ? [`${failed} failed`] : []), ...(took === undefined ? [] : [took])].join(' · ');
}

function hasEnded({ state }: RolloutHost): boolean {
  return state !== 'waiting' && state !== 'in_progress';
}

/** One row a host, as many as fit. */
export function hostsTable({ rollout, hosts, now }: RolloutFacts): readonly KnownBlock[] {
  if (hosts.length === 0) {
    return [];
  }
  const ordered = hosts.length > KEPT_IN_ORDER ? byAttention(hosts) : hosts;
  const fitted = table(
    COLUMNS,
    ordered.map((host) => hostRow(host, rollout.endedAt ?? now)),
  );
  const left = fitted.left > 0 ? [context(`Not shown: ${countStates(ordered.slice(-fitted.left))}.`)] : [];
  return [fitted.block, ...left];
}

function byAttention(hosts: readonly RolloutHost[]): readonly RolloutHost[] {
  return hosts.toSorted((one, other) => BY_ATTENTION[one.state] - BY_ATTENTION[other.state] || one.wave - other.wave);
}

function hostRow({ host, wave, state, step, note, startedAt, endedAt }: RolloutHost, now: Date): readonly string[] {
  return [
    `${HOST_ICONS[state]} ${cut(host, LONGEST_HOST)}`,
    String(wave + 1),
    stepInWords({ state, step, note }),
    elapsed(startedAt, endedAt ?? now) ?? '–',
  ];
}

/** Why it failed stands over the table. */
function stepInWords({ state, step, note }: Pick<RolloutHost, 'state' | 'step' | 'note'>): string {
  switch (state) {
    case 'in_progress':
      return step ?? 'begins';
    case 'failed':
      return step === undefined ? HOST_STATES.failed : `${HOST_STATES.failed}: ${step}`;
    case 'waiting':
      return HOST_STATES.waiting;
    case 'done':
    case 'skipped':
      return note ?? HOST_STATES[state];
  }
}

/** `120 hosts done, 30 waiting`. */
function countStates(hosts: readonly RolloutHost[]): string {
  const groups = [...Map.groupBy(hosts, ({ state }) => state)];
  return groups
    .map(([state, group], index) => `${index === 0 ? count(group.length, 'host') : group.length} ${HOST_STATES[state]}`)
    .join(', ');
}

/** Somebody has clicked, and the hosts in work are not at their end yet. */
export function wishBlocks({ state, control }: Rollout): readonly KnownBlock[] {
  const who = control.by === undefined ? 'Somebody' : personName(control.by);
  if (control.wish === 'abort') {
    return [section(`⏹️ ${who} has aborted it: the hosts in work come to their end, the others are left alone.`)];
  }
  if (control.wish !== 'pause') {
    return [];
  }
  const words = state === 'paused' ? 'has paused it' : 'wants it to pause: the hosts in work come to their end first';
  return [section(`⏸️ ${who} ${words}.`)];
}
