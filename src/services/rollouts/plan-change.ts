import { UserError } from '../../domain/errors.ts';
import type { ChangePlan, HostChange } from './host-change.ts';
import { planWaves } from './plan-waves.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import type { RolloutRequest } from './rollout-service.ts';

export interface PlannedChange {
  readonly plan: ChangePlan;
  /** None while the plan has problems of its roles. */
  readonly waves: readonly (readonly string[])[];
}

/**
 * The plan and its waves; roles that would not stay in service are problems of the plan.
 * @throws {UserError} when there is no such change.
 */
export async function planChange(
  { type, spec, selection }: Pick<RolloutRequest, 'type' | 'spec' | 'selection'>,
  { changes }: Pick<RolloutDeps, 'changes'>,
): Promise<PlannedChange> {
  const plan = await findChange(type, changes).plan(spec, selection);
  const { environment } = selection;
  const { waves, problems } = planWaves(plan.hosts, environment, environment.rollout);
  return { plan: { ...plan, problems: [...plan.problems, ...problems] }, waves };
}

/** @throws {UserError} when there is none of this type. */
export function findChange(type: string, changes: readonly HostChange[]): HostChange {
  const found = changes.find((change) => change.type === type);
  if (found === undefined) {
    throw new UserError(`I know no change called ${type}.`);
  }
  return found;
}
