import { type Actor, personId } from '../domain/actor.ts';
import type { Asker } from './asker.ts';
import type { HandlerDeps } from './deps.ts';

/** An unknown workspace is looked up once; who stays unknown has no grants and is denied by every check. */
export async function findActor(asker: Pick<Asker, 'userId' | 'teamId'>, deps: HandlerDeps): Promise<Actor> {
  const teamId = asker.teamId ?? (await deps.people.teamOf(asker.userId));
  return deps.services.inventory.findActor(personId(teamId ?? 'unknown', asker.userId));
}
