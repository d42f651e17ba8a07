import { type Actor, toPerson } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import { ENDED, type Rollout, type RolloutControl } from './rollout.ts';
import { CONTROL_TOPIC, type RolloutDeps, workflowIdOf } from './rollout-deps.ts';
import type { RolloutWish } from './rollout-service.ts';

interface Control {
  readonly id: string;
  readonly actor: Actor;
  readonly wish: RolloutWish;
}

/** Written down first; the workflow looks at its next safe moment. The same wish twice is one wish. */
export async function controlRollout({ id, actor, wish }: Control, deps: RolloutDeps): Promise<Rollout> {
  const { store, approvals, engine, cards, clock } = deps;
  const at = clock.now();
  const control: RolloutControl = { wish: wish === 'resume' ? 'run' : wish, by: toPerson(actor), at };
  const rollout = await store.update(id, (found) => {
    refuse(found, wish);
    return { ...found, control };
  });
  if (wish === 'abort' && rollout.state === 'awaiting_approval') {
    await approvals.withdraw(rollout.approvalId, actor, 'the rollout was aborted');
  }
  await note(rollout, { id, actor, wish }, deps);
  await engine.send(workflowIdOf(id), {
    topic: CONTROL_TOPIC,
    body: wish,
    key: `${CONTROL_TOPIC}:${at.toISOString()}`,
  });
  await cards.redraw(id);
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

async function note({ customer, environment, waves }: Rollout, { id, actor, wish }: Control, { audit }: RolloutDeps) {
  await audit.append({
    ...{ actor: actor.id, actorName: actor.displayName, action: `rollout.${wish}`, result: 'succeeded' },
    ...{ customer, environment, hosts: waves.flat(), requestId: id },
  });
}
