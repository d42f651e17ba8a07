import { nextStart } from './next-start.ts';
import type { EnvironmentLock, Rollout } from './rollout.ts';
import { CONTROL_TOPIC, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';

const LOOK_EVERY_MS = 600_000;
const LOCK_EVERY_MS = 10_000;

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
  const { start, change } = found.control.wish === 'pause' ? paused(found) : await judge(found, deps);
  if (start.kind === 'wait' && (found.note !== change.note || found.state !== change.state)) {
    await store.update(id, (rollout) => ({ ...rollout, nextAt: undefined, ...change }));
    await cards.redraw(id);
  }
  return start;
}

interface Judged {
  readonly start: Start;
  readonly change: Partial<Rollout>;
}

function paused({ control }: Rollout): Judged {
  const note = `paused by ${control.by?.name ?? 'msops'}`;
  return { start: { kind: 'wait', ms: LOOK_EVERY_MS }, change: { state: 'paused', note } };
}

async function judge(rollout: Rollout, deps: RolloutDeps): Promise<Judged> {
  const now = deps.clock.now();
  const next = nextStart(rollout, deps);
  if (next.getTime() > now.getTime()) {
    const ms = Math.min(next.getTime() - now.getTime(), LOOK_EVERY_MS);
    return { start: { kind: 'wait', ms }, change: { state: 'waiting', note: 'waits for its time', nextAt: next } };
  }
  const held = await takeLock(rollout, deps);
  const change: Partial<Rollout> = { state: 'waiting', note: held && waitsFor(held) };
  return { start: held === undefined ? { kind: 'go' } : { kind: 'wait', ms: LOCK_EVERY_MS }, change };
}

async function takeLock(rollout: Rollout, { locks }: RolloutDeps): Promise<EnvironmentLock | undefined> {
  const { id: owner, customer, environment, requester: holder, plan } = rollout;
  const taken = await locks.take({ customer, environment, owner, holder, reason: plan.title });
  return taken.taken ? undefined : taken.held;
}

function waitsFor({ owner, holder, reason }: EnvironmentLock): string {
  return `waits for the lock of rollout ${owner} (${reason}, asked for by ${holder.name})`;
}
