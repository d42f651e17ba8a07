import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import { ENDED, type EnvironmentLock, type Rollout } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { wake, writeWish } from './write-wish.ts';

interface BreakLock {
  readonly customer: string;
  readonly environment: string;
  readonly actor: Actor;
  readonly reason: string;
}

/** The rollout that had it pauses before its next wave; hosts in work come to their end. */
export async function breakLock(request: BreakLock, deps: RolloutDeps): Promise<EnvironmentLock> {
  const { customer, environment, actor, reason } = request;
  const { locks, audit } = deps;
  if (reason.trim() === '') {
    throw new UserError('Why is the lock to be broken?', { hint: 'Others will read your reason.' });
  }
  const lock = await locks.find(customer, environment);
  if (lock === undefined) {
    throw new UserError(`Nobody holds the lock of \`${customer}/${environment}\`.`);
  }
  await pause(lock.owner, actor, deps);
  await locks.release(customer, environment, lock.owner);
  await audit.append({
    ...{ actor: actor.id, actorName: actor.displayName, action: 'lock.broken', result: 'succeeded' },
    ...{ customer, environment, reason, before: lock, requestId: lock.owner },
  });
  return lock;
}

/** An abort is more than a pause, so it stays. */
async function pause(id: string, actor: Actor, deps: RolloutDeps): Promise<void> {
  if ((await deps.store.find(id)) !== undefined) {
    const fits = ({ state, control }: Rollout): boolean => !ENDED.includes(state) && control.wish !== 'abort';
    await wake(await writeWish({ id, actor, wish: 'pause', fits }, deps), deps);
  }
}
