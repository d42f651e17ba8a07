import { UserError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/inventory.ts';
import { comparePlans } from './compare-plans.ts';
import type { ChangePlan } from './host-change.ts';
import { newHosts } from './new-hosts.ts';
import { payloadOf } from './payload.ts';
import { planChange } from './plan-change.ts';
import type { Rollout } from './rollout.ts';
import { type RolloutDeps, workflowIdOf } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';

export type PlannedAgain =
  | { readonly kind: 'as_approved' }
  /** Another approval is waited for. */
  | { readonly kind: 'asked_again' }
  | { readonly kind: 'ended'; readonly end: RolloutEnd };

/**
 * The plan is made anew under the lock. If it is not what was approved, the approval is void and it is asked again.
 * @param approvalId of what was approved.
 */
export function askAgain({ id, context, deps }: RolloutScope, approvalId: string): Promise<PlannedAgain> {
  return context.step('plan again', () =>
    planAgain({ id, approvalId }, deps).catch((error: unknown) => {
      if (error instanceof UserError) {
        return failed(error.message);
      }
      throw error;
    }),
  );
}

async function planAgain(
  { id, approvalId }: { readonly id: string; readonly approvalId: string },
  deps: RolloutDeps,
): Promise<PlannedAgain> {
  const rollout = await deps.store.find(id);
  const environment = rollout && deps.environmentOf(rollout.customer, rollout.environment);
  if (!(rollout && environment)) {
    return failed('its environment is not in the configuration any more');
  }
  if (rollout.approvalId !== approvalId) {
    // This step asked, and died or failed before it ended.
    await deps.cards.redraw(id);
    return { kind: 'asked_again' };
  }
  const asked = new Set([...rollout.plan.hosts.map(({ host }) => host), ...rollout.plan.idle]);
  const hosts = environment.hosts.filter(({ name }) => asked.has(name));
  const { type, spec } = rollout.plan;
  const { plan, waves } = await planChange({ type, spec, selection: { environment, hosts } }, deps);
  if (plan.problems.length > 0) {
    return failed(`it cannot be done as approved any more: ${plan.problems.map(describe).join('; ')}`);
  }
  if (plan.hosts.length === 0) {
    return { kind: 'ended', end: { state: 'succeeded', note: 'nothing is left to be done' } };
  }
  const fresh: Rollout = { ...rollout, plan, waves, settings: environment.rollout };
  return compare({ rollout, fresh, environment }, deps);
}

interface Differing {
  readonly rollout: Rollout;
  readonly fresh: Rollout;
  readonly environment: Environment;
}

async function compare(differing: Differing, deps: RolloutDeps): Promise<PlannedAgain> {
  const { rollout, fresh } = differing;
  const { digest, approvals } = deps;
  if (digest(payloadOf(rollout)) !== digest(payloadOf(fresh))) {
    return ask(differing, deps);
  }
  const decision = await approvals.recheck(rollout.approvalId, payloadOf(fresh));
  return decision.allowed ? { kind: 'as_approved' } : failed(decision.reason);
}

/** Can be run again after a crash: the void one stays void, the new question is asked once, and its id comes last. */
async function ask({ rollout, fresh, environment }: Differing, deps: RolloutDeps): Promise<PlannedAgain> {
  const { store, approvals, locks, cards } = deps;
  const changedSince = differences(rollout.plan, fresh);
  await approvals.void(rollout.approvalId, `the plan has changed: ${changedSince.join('; ')}`);
  const approval = await approvals.request({
    ...{ id: nextApprovalId(rollout.approvalId), workflowId: workflowIdOf(rollout.id) },
    ...{ environment, change: fresh.plan.kind, title: fresh.plan.title, payload: payloadOf(fresh) },
    requester: deps.actorOf(rollout.requester),
  });
  await locks.release(rollout.customer, rollout.environment, rollout.id);
  await store.replaceHosts(rollout.id, newHosts(fresh.waves));
  const { plan, waves, settings } = fresh;
  const asked = { plan, waves, settings, changedSince, approvalId: approval.id };
  await store.update(rollout.id, (found) => ({
    ...{ ...found, ...asked, state: 'awaiting_approval', note: undefined, nextAt: undefined },
  }));
  await cards.redraw(rollout.id);
  return { kind: 'asked_again' };
}

function differences(before: ChangePlan, { plan, settings, waves }: Rollout): readonly string[] {
  const lines = comparePlans(before, plan);
  return lines.length > 0
    ? lines
    : [`the waves or the settings of rollouts are others now: ${waves.length} waves, canary ${settings.canary}`];
}

function nextApprovalId(id: string): string {
  const [, rollout = id, round = '1'] = /^(.*)-(\d+)$/.exec(id) ?? [];
  return `${rollout}-${Number(round) + 1}`;
}

function describe({ host, text }: ChangePlan['problems'][number]): string {
  return host === undefined ? text : `${host}: ${text}`;
}

function failed(note: string): PlannedAgain {
  return { kind: 'ended', end: { state: 'failed', note } };
}
