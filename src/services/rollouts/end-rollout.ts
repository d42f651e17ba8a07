import type { RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd } from './rollout-workflow.ts';

/** Writes down the end, lets the lock go, tells everybody. Can be run again. */
export async function endRollout(id: string, end: RolloutEnd, deps: RolloutDeps): Promise<void> {
  const { store, locks, cards, audit, clock } = deps;
  for (const { host, state } of await store.hosts(id)) {
    if (state === 'waiting') {
      await store.saveHost(id, host, { state: 'skipped' });
    }
  }
  const rollout = await store.update(id, (found) => ({
    ...{ ...found, ...end, nextAt: undefined },
    endedAt: found.endedAt ?? clock.now(),
  }));
  const { customer, environment, plan, startedAt, waves } = rollout;
  await locks.release(customer, environment, id);
  await audit.append({
    ...{ actor: 'msops', actorName: 'msops', action: 'rollout.end', requestId: id },
    ...{ customer, environment, hosts: waves.flat() },
    result: end.state === 'succeeded' ? 'succeeded' : 'failed',
    reason: [`${plan.title}: ${end.state}`, end.note].filter((part) => part !== undefined).join(', '),
  });
  await cards.redraw(id);
  if (startedAt !== undefined) {
    await cards.summary(id);
  }
}
