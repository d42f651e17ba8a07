import { nextStart } from './next-start.ts';
import type { EnvironmentLock, Rollout } from './rollout.ts';
import { CONTROL_TOPIC, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';
import { LOCK_EVERY_MS, LOOK_EVERY_MS, pausedBy, type Shown, takeLock, waitUntil, writeShown } from './take-turn.ts';

type Start =
  | { readonly kind: 'go' }
  | { readonly kind: 'abort'; readonly by: string }
  | { readonly kind: 'wait'; readonly ms: number };

/** Waits for the time that was asked for, for the allowed hours and for the lock, and holds the lock then. */
export async function awaitStart({ id, context, deps }: RolloutScope): Promise<RolloutEnd | undefined> {
  for (;;) {
    const start = await context.step('may it start', () => tryToStart(id, deps));
    if (start.kind === 'go') {
      return undefined;
    }
    if (start.kind === 'abort') {
      return { state: 'aborted', note: `by ${start.by}, before anything was done` };
    }
    await context.receive(CONTROL_TOPIC, start.ms);
  }
}

async function tryToStart(id: string, deps: RolloutDeps): Promise<Start> {
  const { store, cards } = deps;
  const found = await store.find(id);
  if (found === undefined) {
    return { kind: 'abort', by: 'msops: it is not in the store any more' };
  }
  if (found.control.wish === 'abort') {
    return { kind: 'abort', by: found.control.by?.name ?? 'msops' };
  }
  const { start, shown } = await judge(found, deps);
  if (start.kind === 'wait' && (await writeShown(found, shown, deps))) {
    await cards.redraw(id);
  }
  return start;
}

interface Judged {
  readonly start: Start;
  readonly shown: Shown;
}

async function judge(rollout: Rollout, deps: RolloutDeps): Promise<Judged> {
  if (rollout.control.wish === 'pause') {
    return { start: { kind: 'wait', ms: LOOK_EVERY_MS }, shown: pausedBy(rollout) };
  }
  const now = deps.clock.now();
  const next = nextStart(rollout, deps);
  if (next > now) {
    const shown: Shown = { state: 'waiting', note: 'waits for its time', nextAt: next };
    return { start: { kind: 'wait', ms: waitUntil(next, now) }, shown };
  }
  const held = await takeLock(rollout, deps);
  return {
    start: held === undefined ? { kind: 'go' } : { kind: 'wait', ms: LOCK_EVERY_MS },
    shown: { state: 'waiting', note: held && waitsFor(held) },
  };
}

function waitsFor({ owner, holder, reason }: EnvironmentLock): string {
  return `waits for the lock of rollout ${owner} (${reason}, asked for by ${holder.name})`;
}
