import { type Actor, toPerson } from '../../domain/actor.ts';
import { ENDED, type Rollout, type RolloutControl } from './rollout.ts';
import { CONTROL_TOPIC, type RolloutDeps, workflowIdOf } from './rollout-deps.ts';

interface Wish {
  readonly id: string;
  readonly actor: Actor;
  readonly wish: RolloutControl['wish'];
  /** Judges the rollout under the lock of its row; `false` leaves it as it is. May throw. */
  fits(found: Rollout): boolean;
}

/** Written down first, and told by `wake`. Resolves with the rollout as it is then. */
export function writeWish(
  { id, actor, wish, fits }: Wish,
  { store, clock }: Pick<RolloutDeps, 'store' | 'clock'>,
): Promise<Rollout> {
  const control: RolloutControl = { wish, by: toPerson(actor), at: clock.now() };
  return store.update(id, (found) => (fits(found) ? { ...found, control } : found));
}

/** The workflow looks at its next safe moment; the same wish wakes it once. */
export async function wake({ id, state, control }: Rollout, { engine, cards }: RolloutDeps): Promise<void> {
  if (!ENDED.includes(state)) {
    const key = `${CONTROL_TOPIC}:${control.wish}:${control.at?.toISOString()}`;
    await engine.send(workflowIdOf(id), { topic: CONTROL_TOPIC, body: control.wish, key });
    await cards.redraw(id);
  }
}
