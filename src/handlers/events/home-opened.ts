import { type Actor, covers, isSamePerson, toPerson } from '../../domain/actor.ts';
import type { BreakGlass } from '../../services/approvals/break-glass-service.ts';
import { rolloutOfWorkflow } from '../../services/rollouts/rollout-deps.ts';
import { homeView } from '../../views/home-view.ts';
import { type Installation, organizationOf } from '../asker.ts';
import type { HandlerDeps } from '../deps.ts';
import { findActor } from '../find-actor.ts';

export interface HomeOpenedEvent {
  readonly type: 'app_home_opened';
  readonly user: string;
  readonly tab: string;
}

/** What waits for this person and what they may see, with the health at the last check. Nothing is checked by looking. */
export async function showHome(
  { user: userId, tab }: HomeOpenedEvent,
  installation: Installation,
  deps: HandlerDeps,
): Promise<void> {
  if (tab === 'home') {
    const asker = { userId, teamId: undefined, organization: organizationOf(installation) };
    await publishHome(await findActor(asker, deps), userId, deps);
  }
}

/** An environment may be listed for more people than may see how its hosts are. */
export async function publishHome(actor: Actor, userId: string, deps: HandlerDeps): Promise<void> {
  const { services, home, clock } = deps;
  const asking = { actor, place: { kind: 'home' } } as const;
  const readable = services.inventory.reach({ ...asking, permission: 'host.read' });
  const environments = await Promise.all(
    services.inventory.visibleEnvironments(asking).map(async (environment) => {
      const isReadable = covers(readable, environment.customer);
      return { environment, reports: isReadable ? await services.hosts.latest(environment) : undefined };
    }),
  );
  const waiting = await services.approvals.waitingFor(actor);
  const approvals = waiting.map((one) => ({ ...one, rolloutId: rolloutOfWorkflow(one.workflowId) }));
  const breakGlass = await toReview(actor, deps);
  await home.publish(userId, homeView({ actor, environments, approvals, breakGlass, now: clock.now() }).blocks);
}

/** Nobody reviews what they did themselves. */
async function toReview(actor: Actor, { services }: HandlerDeps): Promise<readonly BreakGlass[]> {
  const customers = services.inventory.reach({ actor, place: { kind: 'home' }, permission: 'break_glass.review' });
  const unreviewed = customers.length > 0 ? await services.breakGlass.unreviewed() : [];
  return unreviewed.filter(
    ({ customer, person }) => covers(customers, customer) && !isSamePerson(person, toPerson(actor)),
  );
}
