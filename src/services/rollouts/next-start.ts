import { nextAllowed } from '../../domain/allowed-hours.ts';
import type { Rollout } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';

/** The first moment from now on at which the rollout may begin, or go on, by its own time and the hours of the policy. */
export function nextStart(
  { customer, environment: name, plan, startAt }: Rollout,
  { clock, environmentOf, approvals }: Pick<RolloutDeps, 'clock' | 'environmentOf' | 'approvals'>,
): Date {
  const now = clock.now();
  const earliest = startAt !== undefined && startAt > now ? startAt : now;
  const environment = environmentOf(customer, name);
  const hours = environment && approvals.policyFor(environment, plan.kind)?.allowedHours;
  return nextAllowed(earliest, hours, environment?.timeZone ?? 'UTC');
}
