import type { Extension, Grant } from './grant.ts';

/** What an approval of a grant is of. */
export function payloadOf({ id, person, customer, environment, wish, until }: Grant): unknown {
  return {
    ...{ grant: id, customer, environment },
    accounts: person.accounts,
    wish: { kinds: wish.kinds, linux: wish.linux ?? null },
    until: until.toISOString(),
  };
}

/** What the approval of an extension is of. */
export function extensionPayloadOf({ id, until }: Pick<Grant, 'id' | 'until'>, extension: Extension): unknown {
  return { grant: id, from: (extension.from ?? until).toISOString(), to: extension.until.toISOString() };
}
