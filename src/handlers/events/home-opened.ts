import type { Actor } from '../../domain/actor.ts';
import { homeView } from '../../views/home-view.ts';
import { type Installation, organizationOf } from '../asker.ts';
import type { HandlerDeps } from '../deps.ts';
import { findActor } from '../find-actor.ts';

export interface HomeOpenedEvent {
  readonly type: 'app_home_opened';
  readonly user: string;
  readonly tab: string;
}

/** What this person may see, with the health at the last check. Nothing is checked by looking. */
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
      const isReadable = readable === 'all' || readable.includes(environment.customer);
      return { environment, reports: isReadable ? await services.hosts.latest(environment) : undefined };
    }),
  );
  await home.publish(userId, homeView({ actor, environments, now: clock.now() }).blocks);
}
