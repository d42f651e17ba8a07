import { type Actor, toPerson } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import { ENDED, type EnvironmentLock } from './rollout.ts';
import { CONTROL_TOPIC, type RolloutDeps, workflowIdOf } from './rollout-deps.ts';

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
    ...{ actor: actor.id, actorName: actor.displayName, action: 'lock.break', result: 'succeeded' },
    ...{ customer, environment, reason, before: lock, requestId: lock.owner },
  });
  return lock;
}

async function pause(id: string, actor: Actor, { store, engine, cards, clock }: RolloutDeps): Promise<void> {
  const owner = await store.find(id);
  if (owner === undefined || ENDED.includes(owner.state)) {
    return;
  }
  const at = clock.now();
  await store.update(id, (found) => ({ ...found, control: { wish: 'pause', by: toPerson(actor), at } }));
  await engine.send(workflowIdOf(id), {
    topic: CONTROL_TOPIC,
    body: 'pause',
    key: `${CONTROL_TOPIC}:${at.toISOString()}`,
  });
  await cards.redraw(id);
}
