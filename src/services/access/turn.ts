import type { ACCESS_TOPIC, AccessDeps, APPROVAL_TOPIC } from './access-deps.ts';

type Topic = typeof ACCESS_TOPIC | typeof APPROVAL_TOPIC;

/** What a grant needs next. */
export type Next =
  | { readonly kind: 'again' }
  | { readonly kind: 'wait'; readonly topic: Topic; readonly ms: number }
  | { readonly kind: 'over' };

export interface Turn {
  readonly deps: AccessDeps;
  readonly signal: AbortSignal;
}

/** A message can be lost when a replica dies between writing and telling: the store is looked at this often. */
const LOOK_EVERY_MS = 600_000;
const SHORTEST_WAIT_MS = 200;

export const AGAIN: Next = { kind: 'again' };

/** @param ms until something is due; news come earlier. */
export function waitFor(topic: Topic, ...ms: readonly number[]): Next {
  return { kind: 'wait', topic, ms: Math.max(Math.min(...ms, LOOK_EVERY_MS), SHORTEST_WAIT_MS) };
}
