import { type CustomerScope, covers } from '../../domain/actor.ts';
import { type AccessDeps, customerOf, wake } from './access-deps.ts';
import type { AccessService } from './access-service.ts';
import { createAccessWorkflow } from './access-workflow.ts';
import { approveShorter } from './approve-shorter.ts';
import { checkRequest } from './check-request.ts';
import { decideOffer } from './decide-offer.ts';
import { endAccess, endAllOf } from './end-access.ts';
import { extendAccess } from './extend-access.ts';
import { findDrift } from './find-drift.ts';
import type { GrantFacts } from './ports.ts';
import { requestAccess } from './request-access.ts';
import { sweep } from './sweep.ts';

/** Registers its workflow, so before the engine's launch. */
export function createAccessService(deps: AccessDeps): AccessService {
  const { store, cards } = deps;
  deps.engine.register(createAccessWorkflow(deps));
  return {
    offer: (actor, environment) => offer({ actor, environment }, deps),
    check: (request) => checkRequest(request, deps),
    request: (request) => requestAccess(request, deps),
    find: (id, customers) => find(id, customers, deps),
    async list(filter) {
      const grants = await store.list(filter);
      return Promise.all(grants.map((grant) => cards.facts(grant)));
    },
    approveShorter: (id, actor, until) => approveShorter({ id, actor, until }, deps),
    extend: (request) => extendAccess(request, deps),
    end: (id, wish) => endAccess(id, wish, deps),
    endAllOf: (of, why) => endAllOf(of, why, deps),
    sweep: () => sweep(deps),
    redraw: (id) => redraw(id, deps),
    drift: (environment) => findDrift(environment, deps),
  };
}

async function offer(
  { actor, environment }: Pick<Parameters<AccessService['request']>[0], 'actor' | 'environment'>,
  deps: AccessDeps,
): ReturnType<AccessService['offer']> {
  const asker = deps.directory.findActor(actor.id);
  const { customer } = environment;
  const offered = decideOffer({ actor: asker, customer, config: deps.config() });
  const decision = offered.allowed ? await deps.approvals.mayRequest(asker, environment, 'access') : offered;
  return { decision, longestMs: customerOf(environment, deps)?.access?.longestMs ?? 0 };
}

async function find(
  id: string,
  customers: CustomerScope,
  { store, cards }: AccessDeps,
): Promise<GrantFacts | undefined> {
  const grant = await store.find(id);
  const isVisible = grant !== undefined && covers(customers, grant.customer);
  return isVisible ? cards.facts(grant, true) : undefined;
}

/** Also when an approval of it has changed: its workflow waits for other news while it is open. */
async function redraw(id: string, deps: AccessDeps): Promise<void> {
  await deps.cards.redraw(id);
  const extension = (await deps.store.find(id))?.extension;
  const approval = extension && (await deps.approvals.find(extension.approvalId));
  if (approval !== undefined && approval.status !== 'pending') {
    await wake({ id }, `decided:${approval.id}`, deps);
  }
}
