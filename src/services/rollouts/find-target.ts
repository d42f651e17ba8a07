import { UserError } from '../../domain/errors.ts';
import type { ChangeTarget, HostChange } from './host-change.ts';
import type { Rollout } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export interface FoundTarget {
  readonly rollout: Rollout;
  readonly target: ChangeTarget;
  readonly change: HostChange;
}

/**
 * A host of a rollout, as the configuration has it now, with the settings that were approved.
 * @throws {UserError} when the configuration has it no more.
 */
export async function findTarget(
  { rolloutId, host: name }: { readonly rolloutId: string; readonly host: string },
  { store, changes, environmentOf }: Pick<RolloutDeps, 'store' | 'changes' | 'environmentOf'>,
): Promise<FoundTarget> {
  const rollout = await store.find(rolloutId);
  const plan = rollout?.plan.hosts.find(({ host }) => host === name);
  const environment = rollout && environmentOf(rollout.customer, rollout.environment);
  const host = environment?.hosts.find((one) => one.name === name);
  const change = changes.find(({ type }) => type === rollout?.plan.type);
  if (!(rollout && plan && environment && host && change)) {
    throw new UserError(`${name} is not in the configuration any more.`, { hint: 'Ask for a new rollout.' });
  }
  const settled = { ...environment, rollout: rollout.settings };
  return { rollout, change, target: { rolloutId, environment: settled, host, work: plan.work } };
}
