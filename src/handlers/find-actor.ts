import { type Actor, personId } from '../domain/actor.ts';
import { UserError } from '../domain/errors.ts';
import type { Asker } from './asker.ts';
import type { HandlerDeps } from './deps.ts';

/**
 * An unknown workspace is looked up once; who stays unknown has no grants and is denied by every check.
 * @throws {UserError} when Slack does not answer: that is no reason to tell somebody that they are unknown.
 */
export async function findActor(
  { userId, teamId, organization }: Pick<Asker, 'userId' | 'teamId' | 'organization'>,
  deps: HandlerDeps,
): Promise<Actor> {
  const team = teamId ?? (await lookUpTeam(userId, deps)) ?? 'unknown';
  const find = (id: string): Actor => deps.services.inventory.findActor(personId(id, userId));
  const own = find(team);
  // User ids are unique within an enterprise, so its other id names the same person.
  const others = organization.includes(team) ? organization.filter((id) => id !== team).map(find) : [];
  return [own, ...others].find(({ grants }) => grants.length > 0) ?? own;
}

async function lookUpTeam(userId: string, { people, logger }: HandlerDeps): Promise<string | undefined> {
  try {
    return await people.teamOf(userId);
  } catch (error) {
    logger.warn('Workspace not looked up', { userId, error });
    throw new UserError('Slack did not tell me who you are, so I did nothing.', {
      hint: 'Please try again in a minute.',
      cause: error,
    });
  }
}
