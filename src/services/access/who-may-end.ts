import { type Actor, isSamePerson, toPerson } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import { checkPermission, type Decision } from '../../domain/permission.ts';
import type { AccessDeps } from './access-deps.ts';
import type { Grant } from './grant.ts';

/** @throws {UserError} when there is none, in the same words when it is nothing that this person may know of. */
export async function findGrant(id: string, actor: Actor | undefined, deps: AccessDeps): Promise<Grant> {
  const grant = await deps.store.find(id);
  if (grant === undefined || (actor !== undefined && !mayKnow(grant, actor, deps))) {
    throw new UserError(`There is no access \`${id}\` here.`, { hint: '`/msops access list` shows what there is.' });
  }
  return grant;
}

/** The person may say that they are done, or ask for more; our people who manage access may too. */
export function decideControl(grant: Grant, actor: Actor, { config }: AccessDeps): Decision {
  if (isSamePerson(grant.person, toPerson(actor))) {
    return { allowed: true };
  }
  const question = { actor, permission: 'access.manage', customer: grant.customer } as const;
  const managed = checkPermission(question, config().roles);
  return managed.allowed
    ? managed
    : { allowed: false, reason: `This is the access of ${grant.person.name}. ${managed.reason}` };
}

function mayKnow(grant: Grant, actor: Actor, { config }: AccessDeps): boolean {
  const { customer, person } = grant;
  const { roles } = config();
  return (
    isSamePerson(person, toPerson(actor)) ||
    (['access.read', 'access.manage'] as const).some(
      (permission) => checkPermission({ actor, permission, customer }, roles).allowed,
    )
  );
}
