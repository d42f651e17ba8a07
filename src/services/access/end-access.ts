import { type Actor, isSamePerson, type Person, userIdOf } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import type { Decision } from '../../domain/permission.ts';
import { type AccessDeps, wake } from './access-deps.ts';
import type { EndWish, Grant, GrantState } from './grant.ts';
import { decideControl, findGrant } from './who-may-end.ts';

type Wish = Omit<EndWish, 'at'>;

const OVER: readonly GrantState[] = ['ended', 'rejected', 'lapsed', 'withdrawn'];

/**
 * Ends it now, or takes the request back. The first wish counts; again is the same.
 * @throws {UserError} when it is over. {DeniedError} when it is not theirs to end.
 */
export async function endAccess(id: string, wish: Wish, deps: AccessDeps): Promise<Grant> {
  const actor = wish.by && deps.directory.findActor(wish.by.id);
  const found = await findGrant(id, actor, deps);
  const decision = decide(found, wish, { actor, deps });
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
  return write(id, wish, deps);
}

/** What nobody has asked for is msops's own doing: a channel or a person that is gone. */
function decide(
  found: Grant,
  { why, by }: Wish,
  { actor, deps }: { readonly actor: Actor | undefined; readonly deps: AccessDeps },
): Decision {
  if (by === undefined || actor === undefined) {
    const isOurs = why !== 'done' && why !== 'revoked';
    return isOurs ? { allowed: true } : { allowed: false, reason: 'Say who ends it.' };
  }
  const control = decideControl(found, actor, deps);
  return control.allowed && why === 'done' && !isSamePerson(found.person, by)
    ? { allowed: false, reason: `Only ${found.person.name} can say so. You can revoke it.` }
    : control;
}

/** Everything that was asked for in a channel, or by a person. @returns how many. */
export async function endAllOf(
  of: { readonly channelId?: string; readonly userId?: string },
  why: EndWish['why'],
  deps: AccessDeps,
): Promise<number> {
  const { channelId, userId } = of;
  if (channelId === undefined && userId === undefined) {
    return 0;
  }
  const found = await deps.store.unfinished();
  const theirs = found.filter(
    (grant) =>
      (channelId ?? grant.channels[0]?.channelId) === grant.channels[0]?.channelId &&
      (userId === undefined || isUserOf(grant.person, grant.userId, userId)),
  );
  const open = theirs.filter(({ state, endWish }) => state !== 'ending' && endWish === undefined);
  const ends = await Promise.allSettled(open.map(({ id }) => write(id, { why }, deps)));
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof UserError)) {
      throw end.reason;
    }
  }
  return ends.filter(({ status }) => status === 'fulfilled').length;
}

/** Slack gives a user id to one account only. */
function isUserOf(person: Person, own: string, userId: string): boolean {
  return own === userId || person.accounts.some((account) => userIdOf(account) === userId);
}

async function write(id: string, wish: Wish, deps: AccessDeps): Promise<Grant> {
  const at = deps.clock.now();
  const grant = await deps.store.update(id, (found) => {
    if (OVER.includes(found.state)) {
      throw new UserError(`The access \`${id}\` is over already: ${found.state}.`);
    }
    const isEnding = found.state === 'ending' || found.endWish !== undefined;
    return isEnding ? found : { ...found, endWish: { ...wish, at } };
  });
  await wake(grant, `end:${id}`, deps);
  await deps.cards.redraw(id);
  return grant;
}
