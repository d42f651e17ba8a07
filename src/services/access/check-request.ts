import { isSamePerson, toPerson } from '../../domain/actor.ts';
import { type AccessDeps, customerOf } from './access-deps.ts';
import type { AccessRequest } from './access-service.ts';
import { type AccessProblems, checkWish, tidyWish } from './check-wish.ts';
import type { Grant } from './grant.ts';

/** A request that never opened anything keeps no key from its owner. */
const NEVER_OPENED: readonly Grant['state'][] = ['rejected', 'lapsed', 'withdrawn'];

/** What is wrong with a request, by field; empty: nothing. */
export async function checkRequest(request: AccessRequest, deps: AccessDeps): Promise<AccessProblems> {
  const { environment } = request;
  const settings = customerOf(environment, deps)?.access;
  if (settings === undefined) {
    return { kinds: 'Nobody can ask for access here yet: msops.yml does not offer it to this customer.' };
  }
  const problems = checkWish({ ...request, settings, now: deps.clock.now() });
  const { linux } = tidyWish(request.wish, environment);
  if (problems.publicKey !== undefined || linux === undefined || !(await isTaken(linux.publicKey, request, deps))) {
    return problems;
  }
  const advice = 'Make a pair of your own for this with `ssh-keygen -t ed25519`.';
  return { ...problems, publicKey: `This key is in use for somebody else's access. ${advice}` };
}

async function isTaken(key: string, { actor }: AccessRequest, { store, ownKeys }: AccessDeps): Promise<boolean> {
  const [grants, own] = await Promise.all([store.withKey(key), ownKeys()]);
  const person = toPerson(actor);
  return (
    own.some((line) => line.split(/\s+/).slice(0, 2).join(' ') === key) ||
    grants.some((grant) => !NEVER_OPENED.includes(grant.state) && !isSamePerson(grant.person, person))
  );
}
