import { toPerson } from '../../domain/actor.ts';
import { DeniedError } from '../../domain/errors.ts';
import type { Approval } from '../approvals/approval.ts';
import type { ChangePlan } from './host-change.ts';
import { newHosts } from './new-hosts.ts';
import { payloadOf } from './payload.ts';
import { findChange, type PlannedChange, planChange } from './plan-change.ts';
import type { Rollout } from './rollout.ts';
import { ROLLOUT_WORKFLOW, type RolloutDeps, workflowIdOf } from './rollout-deps.ts';
import type { RolloutRequest } from './rollout-service.ts';

/** Every step can be run again: of a replay the rollout that is there counts, not what is planned now. */
export async function requestRollout(asked: RolloutRequest, deps: RolloutDeps): Promise<Rollout | ChangePlan> {
  const { store, engine, cards } = deps;
  const known = await store.find(asked.id);
  const rollout = known ?? (await createRollout(asked, deps));
  if (!('approvalId' in rollout)) {
    return rollout;
  }
  await ask(rollout, asked, deps);
  await engine.start(ROLLOUT_WORKFLOW, { id: workflowIdOf(rollout.id), input: { rolloutId: rollout.id } });
  await cards.redraw(rollout.id);
  return rollout;
}

async function createRollout(asked: RolloutRequest, deps: RolloutDeps): Promise<Rollout | ChangePlan> {
  const { store } = deps;
  const { id } = asked;
  await refuseUnlessAllowed(asked, deps);
  const { plan, waves } = await planChange(asked, deps);
  if (plan.problems.length > 0 || plan.hosts.length === 0) {
    return plan;
  }
  await store.create(newRollout({ ...asked, plan, waves }, deps), newHosts(waves));
  const created = await store.find(id);
  if (created === undefined) {
    throw new Error(`The rollout ${id} was not written.`);
  }
  return created;
}

function newRollout(asked: RolloutRequest & PlannedChange, deps: RolloutDeps): Rollout {
  const { id, actor, selection, plan, waves, startAt, reason } = asked;
  const { customer, name, rollout: settings } = selection.environment;
  return {
    ...{ id, customer, environment: name, plan, waves, settings, startAt, reason },
    requester: toPerson(actor),
    approvalId: `${id}-1`,
    channels: channelsFor(asked, deps),
    state: 'awaiting_approval',
    control: { wish: 'run' },
    createdAt: deps.clock.now(),
  };
}

/** Where somebody of the customer has to click there has to be a card. */
function channelsFor(
  { selection, plan, channelId }: RolloutRequest & PlannedChange,
  deps: RolloutDeps,
): readonly string[] {
  const { environment } = selection;
  const groups = deps.approvals.policyFor(environment, plan.kind)?.groups ?? [];
  const isTheirs = groups.some(({ team }) => team === 'customer');
  return [...new Set([channelId, ...(isTheirs ? deps.sharedChannelsOf(environment.customer) : [])])];
}

function ask(rollout: Rollout, { actor, selection }: RolloutRequest, { approvals }: RolloutDeps): Promise<Approval> {
  const { id, approvalId, plan } = rollout;
  return approvals.request({
    ...{ id: approvalId, workflowId: workflowIdOf(id), environment: selection.environment },
    ...{ change: plan.kind, title: plan.title, requester: actor, payload: payloadOf(rollout) },
  });
}

async function refuseUnlessAllowed({ actor, type, selection }: RolloutRequest, deps: RolloutDeps): Promise<void> {
  const { kind } = findChange(type, deps.changes);
  const decision = await deps.approvals.mayRequest(actor, selection.environment, kind);
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
}
