import { covers } from '../../domain/actor.ts';
import { breakLock } from './break-lock.ts';
import { controlRollout } from './control-rollout.ts';
import { createHostWorkflow } from './host-workflow.ts';
import { planChange } from './plan-change.ts';
import { requestRollout } from './request-rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import type { RolloutService } from './rollout-service.ts';
import { createRolloutWorkflow } from './rollout-workflow.ts';

/** For `/msops rollouts`. */
const LISTED = 30;
/** For reports of a week. */
const LISTED_ENDED = 200;

/** Registers its workflows, so before the engine's launch. */
export function createRolloutService(deps: RolloutDeps): RolloutService {
  deps.engine.register(createRolloutWorkflow(deps));
  deps.engine.register(createHostWorkflow(deps));
  const { store, cards, locks } = deps;
  return {
    plan: async (asked) => (await planChange(asked, deps)).plan,
    request: (asked) => requestRollout(asked, deps),
    async find(id, customers) {
      const rollout = await store.find(id);
      return rollout && covers(customers, rollout.customer) ? cards.facts(rollout) : undefined;
    },
    withLinks: cards.withLinks,
    list: (filter) => store.list({ ...filter, limit: filter.endedSince === undefined ? LISTED : LISTED_ENDED }),
    redraw: (id) => cards.redraw(id),
    control: (id, actor, wish) => controlRollout({ id, actor, wish }, deps),
    lock: (customer, environment) => locks.find(customer, environment),
    breakLock: (request) => breakLock(request, deps),
  };
}
