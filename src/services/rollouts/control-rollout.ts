import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import { ENDED, type Rollout } from './rollout.ts';
import { ABORTED, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutWish } from './rollout-service.ts';
import { wake, writeWish } from './write-wish.ts';

interface Control {
  readonly id: string;
  readonly actor: Actor;
  readonly wish: RolloutWish;
}

/** Written down first; the workflow looks at its next safe moment. The same wish twice is one wish. */
export async function controlRollout({ id, actor, wish }: Control, deps: RolloutDeps): Promise<Rollout> {
  const fits = (found: Rollout): boolean => {
    refuse(found, wish);
    return true;
  };
  const rollout = await writeWish({ id, actor, wish: wish === 'resume' ? 'run' : wish, fits }, deps);
  if (wish === 'abort' && rollout.state === 'awaiting_approval') {
    await deps.approvals.withdraw(rollout.approvalId, actor, ABORTED);
  }
  await note(rollout, { id, actor, wish }, deps);
  await wake(rollout, deps);
  return rollout;
}

/** @throws {UserError} when it makes no sense now. */
function refuse({ id, state, control }: Rollout, wish: RolloutWish): void {
  if (ENDED.includes(state)) {
    throw new UserError(`The rollout \`${id}\` has ended already: ${state}.`);
  }
  if (control.wish === 'abort') {
    throw new UserError(
      `${control.by?.name ?? 'msops'} has aborted it already; hosts in work come to their end first.`,
    );
  }
  if (wish === 'pause' && state === 'awaiting_approval') {
    throw new UserError('It waits for its approval, so there is nothing to pause.');
  }
  if (wish === 'pause' && control.wish === 'pause') {
    throw new UserError(`${control.by?.name ?? 'msops'} has paused it already.`);
  }
  if (wish === 'resume' && control.wish === 'run') {
    throw new UserError('Nobody has paused it.');
  }
}

const EFFECTS: Readonly<Record<RolloutWish, string>> = { pause: 'paused', resume: 'resumed', abort: 'aborted' };

async function note({ customer, environment, waves }: Rollout, { id, actor, wish }: Control, { audit }: RolloutDeps) {
  await audit.append({
    ...{ actor: actor.id, actorName: actor.displayName, action: `rollout.${EFFECTS[wish]}`, result: 'succeeded' },
    ...{ customer, environment, hosts: waves.flat(), requestId: id },
  });
}
