import type { Host } from '../../domain/inventory.ts';
import { judgeFailures } from './judge-failures.ts';
import { nextStart } from './next-start.ts';
import type { EnvironmentLock, Rollout, RolloutHost } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd } from './rollout-workflow.ts';

const LOOK_EVERY_MS = 600_000;
const LOCK_EVERY_MS = 10_000;

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
  const { store, cards } = deps;
  if (wave > 0) {
    await lookBack(id, deps);
  }
  const { next, change } = judge(await gather(id, deps));
  const before = await store.find(id);
  if (before?.state !== change.state || before?.note !== change.note) {
    await store.update(id, (found) => ({ ...found, nextAt: undefined, ...change }));
  }
  await cards.redraw(id);
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
    held: rollout.control.wish === 'run' ? await findOtherHolder(rollout, deps) : undefined,
    next: nextStart(rollout, deps),
    now: deps.clock.now(),
  };
}

/** Takes the lock back when somebody broke it; not while it is paused, since then another one shall have it. */
async function findOtherHolder(rollout: Rollout, { locks }: RolloutDeps): Promise<EnvironmentLock | undefined> {
  const { id: owner, customer, environment, requester: holder, plan } = rollout;
  const lock = await locks.take({ customer, environment, owner, holder, reason: plan.title });
  return lock.taken ? undefined : lock.held;
}

function judge(reasons: Reasons): { readonly next: NextWave; readonly change: Partial<Rollout> } {
  const { rollout, hosts, held, next, now } = reasons;
  const { control, settings } = rollout;
  const who = control.by?.name ?? 'msops';
  const over = judgeFailures(hosts, settings);
  if (over !== undefined) {
    return { next: stop({ state: 'failed', note: over }), change: {} };
  }
  if (control.wish === 'abort') {
    return { next: stop({ state: 'aborted', note: `by ${who}` }), change: {} };
  }
  if (control.wish === 'pause') {
    return wait(LOOK_EVERY_MS, { state: 'paused', note: `paused by ${who}` });
  }
  if (held !== undefined) {
    return wait(LOCK_EVERY_MS, { state: 'paused', note: `its lock was broken; rollout ${held.owner} holds it now` });
  }
  if (next > now) {
    const ms = Math.min(next.getTime() - now.getTime(), LOOK_EVERY_MS);
    return wait(ms, {
      state: 'waiting',
      note: 'the allowed hours are over; goes on when they come back',
      nextAt: next,
    });
  }
  return { next: { kind: 'go' }, change: { state: 'running', note: undefined } };
}

function stop(end: RolloutEnd): NextWave {
  return { kind: 'stop', end };
}

function wait(ms: number, change: Partial<Rollout>): { readonly next: NextWave; readonly change: Partial<Rollout> } {
  return { next: { kind: 'wait', ms }, change };
}
