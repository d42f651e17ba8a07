import type { Actor, PersonId } from '../../domain/actor.ts';

/** The person as they use this account now; `undefined` when it is none of theirs. */
export function asKnownBy(account: PersonId, person: Actor): Actor | undefined {
  const { id, alsoKnownAs = [] } = person;
  if (account === id) {
    return person;
  }
  const others = [id, ...alsoKnownAs].filter((other) => other !== account);
  return alsoKnownAs.includes(account) ? { ...person, id: account, alsoKnownAs: others } : undefined;
}
