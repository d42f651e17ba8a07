import type { Actor, CustomerScope, PersonId } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';

/** Also of somebody who is not in the configuration any more, or never was: the audit log has what they tried. */
const PERSON_ID = /^[TE][A-Z0-9]+:[UW][A-Z0-9]+$/i;

/**
 * The person that somebody means by a mention (`<@U…>` or `@name`), a display name or one word of it, or `T…:U…`.
 * Knows only people who have to do with these customers: others are not even named here. A mention means the account
 * that it mentions, a name the person's first one.
 *
 * @throws {UserError} when nobody or more than one is meant.
 */
export function selectPerson(typed: string, customers: CustomerScope, people: readonly Actor[]): PersonId {
  if (PERSON_ID.test(typed)) {
    return typed.toUpperCase() as PersonId;
  }
  const mentioned = /^<@([A-Z0-9]+)/.exec(typed)?.[1];
  const wanted = typed.replace(/^@/, '').toLowerCase();
  const meant = ({ id, alsoKnownAs = [], displayName }: Actor): readonly PersonId[] =>
    mentioned === undefined
      ? [id].filter(() => namesOf(displayName).includes(wanted))
      : [id, ...alsoKnownAs].filter((account) => account.endsWith(`:${mentioned}`)).slice(0, 1);
  const [only, ...others] = people.filter((person) => isNear(person, customers)).flatMap(meant);
  if (only === undefined || others.length > 0) {
    throw new UserError(only === undefined ? 'I do not know that person.' : 'More than one person has that name.', {
      hint: 'Mention them (`--who @name`) or give `T…:U…`.',
    });
  }
  return only;
}

function isNear({ grants }: Actor, customers: CustomerScope): boolean {
  return grants.some(
    ({ customers: scope }) =>
      customers === 'all' || scope === 'all' || scope.some((customer) => customers.includes(customer)),
  );
}

function namesOf(displayName: string): readonly string[] {
  const name = displayName.toLowerCase();
  return [name, ...name.split(' ')];
}
