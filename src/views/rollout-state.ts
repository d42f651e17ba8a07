import type { Rollout, RolloutHostState, RolloutState } from '../services/rollouts/rollout.ts';

/** Told apart by shape too, not by color alone. */
export const ROLLOUT_ICONS: Record<RolloutState, string> = {
  awaiting_approval: '✋',
  waiting: '⏳',
  running: '🔄',
  paused: '⏸️',
  succeeded: '✅',
  failed: '❌',
  aborted: '⏹️',
  rejected: '🚫',
  expired: '⌛',
};

export const ROLLOUT_STATES: Record<RolloutState, string> = {
  awaiting_approval: 'waits for approval',
  waiting: 'approved, waits to start',
  running: 'running',
  paused: 'paused',
  succeeded: 'done',
  failed: 'failed',
  aborted: 'aborted',
  rejected: 'rejected',
  expired: 'not approved in time',
};

export const HOST_ICONS: Record<RolloutHostState, string> = {
  waiting: '▫️',
  in_progress: '🔄',
  done: '✅',
  failed: '❌',
  skipped: '⏭️',
};

export const HOST_STATES: Record<RolloutHostState, string> = {
  waiting: 'waiting',
  in_progress: 'in work',
  done: 'done',
  failed: 'failed',
  skipped: 'left alone',
};

/** What was never begun is not cut off by aborting it. */
export function stateInWords({ state, startedAt }: Pick<Rollout, 'state' | 'startedAt'>): string {
  return isTakenBack({ state, startedAt }) ? 'taken back' : ROLLOUT_STATES[state];
}

export function isTakenBack({ state, startedAt }: Pick<Rollout, 'state' | 'startedAt'>): boolean {
  return state === 'aborted' && startedAt === undefined;
}

/** What a card is about. */
export type RolloutPhase = 'asking' | 'waiting' | 'running' | 'ended';

export const ROLLOUT_PHASES: Record<RolloutState, RolloutPhase> = {
  awaiting_approval: 'asking',
  waiting: 'waiting',
  running: 'running',
  paused: 'running',
  succeeded: 'ended',
  failed: 'ended',
  aborted: 'ended',
  rejected: 'ended',
  expired: 'ended',
};

/** `customer/environment`, as it can be typed anywhere. Plain text. */
export function rolloutRef({ customer, environment }: Pick<Rollout, 'customer' | 'environment'>): string {
  return `${customer}/${environment}`;
}
