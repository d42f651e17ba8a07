import type { Host } from '../../domain/inventory.ts';
import { judgeFailures } from './judge-failures.ts';
import { nextStart } from './next-start.ts';
import type { EnvironmentLock, Rollout, RolloutHost } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd } from './rollout-workflow.ts';
import { LOCK_EVERY_MS, LOOK_EVERY_MS, pausedBy, type Shown, takeLock, waitUntil, writeShown } from './take-turn.ts';

export type NextWave =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stop'; readonly end: RolloutEnd };

interface Reasons {
  readonly rollout: Rollout;
  readonly hosts: readonly RolloutHost[];
  /** Of another rollout, when ours was broken. */
  readonly held: EnvironmentLock | undefined;
  /** The first moment at which it may go on. */
  readonly next: Date;
  readonly now: Date;
}

/** May the next wave begin? Shows on the card why not. */
export async function tryNextWave(id: string, wave: number, deps: RolloutDeps): Promise<NextWave> {
  if (wave > 0) {
    await lookBack(id, deps);
  }
  const reasons = await gather(id, deps);
  const { next, shown } = judge(reasons);
  if (shown !== undefined) {
    await writeShown(reasons.rollout, shown, deps);
  }
  await deps.cards.redraw(id);
  return next;
}

/** The health gate: hosts that were done must be well still. */
async function lookBack(id: string, { store, health, environmentOf, cards }: RolloutDeps): Promise<void> {
  const rollout = await store.find(id);
  const environment = rollout && environmentOf(rollout.customer, rollout.environment);
  if (environment === undefined) {
    return;
  }
  const done = (await store.hosts(id)).filter(({ state }) => state === 'done').map(({ host }) => host);
  const look = async (host: Host): Promise<void> => {
    const verdict = await health.check({ environment, host });
    if (!verdict.healthy) {
      const note = `was well after the change and is not any more: ${verdict.reason}`;
      await store.saveHost(id, host.name, { state: 'failed', note });
      await cards.hostEnded(id, host.name);
    }
  };
  await Promise.all(environment.hosts.filter(({ name }) => done.includes(name)).map(look));
}

async function gather(id: string, deps: RolloutDeps): Promise<Reasons> {
  const rollout = await deps.store.find(id);
  if (rollout === undefined) {
    throw new Error(`The rollout ${id} is not in the store any more.`);
  }
  return {
    rollout,
    hosts: await deps.store.hosts(id),
    // Taken back when somebody broke it; not while it is paused, since then another one shall have it.
    held: rollout.control.wish === 'run' ? await takeLock(rollout, deps) : undefined,
    next: nextStart(rollout, deps),
    now: deps.clock.now(),
  };
}

function judge(reasons: Reasons): { readonly next: NextWave; readonly shown?: Shown } {
  const { rollout, hosts, held, next, now } = reasons;
  const { control, settings } = rollout;
  const over = judgeFailures(hosts, settings);
  if (over !== undefined) {
    return { next: stop({ state: 'failed', note: over }) };
  }
  if (control.wish === 'abort') {
    return { next: stop({ state: 'aborted', note: `by ${control.by?.name ?? 'msops'}` }) };
  }
  if (control.wish === 'pause') {
    return { next: wait(LOOK_EVERY_MS), shown: pausedBy(rollout) };
  }
  if (held !== undefined) {
    const note = `its lock was broken; rollout ${held.owner} holds it now`;
    return { next: wait(LOCK_EVERY_MS), shown: { state: 'paused', note } };
  }
  if (next > now) {
    const note = 'the allowed hours are over; goes on when they come back';
    return { next: wait(waitUntil(next, now)), shown: { state: 'waiting', note, nextAt: next } };
  }
  return { next: { kind: 'go' }, shown: { state: 'running' } };
}

function stop(end: RolloutEnd): NextWave {
  return { kind: 'stop', end };
}

function wait(ms: number): NextWave {
  return { kind: 'wait', ms };
}
