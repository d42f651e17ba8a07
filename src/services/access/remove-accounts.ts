import { environmentOf } from './access-deps.ts';
import type { Grant, GrantHost } from './grant.ts';
import { MAKING_MS, productHomesOf, targetOf } from './make-accounts.ts';
import { describeFailure, type HostEnd, toHostEnd } from './try-host.ts';
import type { Turn } from './turn.ts';

/** Between two attempts on one host, whoever makes them. */
export const RETRY_MS = 60_000;
/** A little earlier is not too early. */
const CLAIM_MS = RETRY_MS - 5_000;

/** One attempt on each host that is not clean, unless somebody has just tried it. Resolves with the hosts as they are then. */
export async function removeAccounts(grant: Grant, { deps, signal }: Turn): Promise<readonly GrantHost[]> {
  const hosts = await deps.store.hosts(grant.id);
  const open = hosts.filter(({ state }) => state !== 'removed');
  await Promise.all(open.map(({ host }) => removeOne(grant, host, { deps, signal })));
  return deps.store.hosts(grant.id);
}

async function removeOne(grant: Grant, host: string, { deps, signal }: Turn): Promise<void> {
  const { store, clock } = deps;
  const now = clock.now();
  let claimed: GrantHost | undefined;
  await store.updateHost(grant.id, host, (found) => {
    const next = claim(found, now);
    claimed = next.tries > found.tries ? next : undefined;
    return next;
  });
  if (claimed === undefined) {
    return;
  }
  const end = await attempt(grant, claimed, { deps, signal });
  await store.updateHost(grant.id, host, (found) =>
    end.ok || found.state === 'removed'
      ? { ...found, state: 'removed', note: end.ok ? end.note : found.note }
      : { ...found, state: 'left_behind', note: end.note },
  );
}

/** One more try when it is ours to make; what was never begun has nothing to clean up. */
function claim(found: GrantHost, now: Date): GrantHost {
  const { state, makingAt, triedAt, tries } = found;
  if (state === 'removed' || isWithin(makingAt, now, MAKING_MS) || isWithin(triedAt, now, CLAIM_MS)) {
    return found;
  }
  if (state === 'waiting' && makingAt === undefined) {
    return { ...found, state: 'removed' };
  }
  return { ...found, makingAt: undefined, tries: tries + 1, triedAt: now };
}

function isWithin(since: Date | undefined, now: Date, ms: number): boolean {
  return since !== undefined && now.getTime() - since.getTime() < ms;
}

async function attempt(
  grant: Grant,
  { host, user, productHomes = [] }: GrantHost,
  { deps, signal }: Turn,
): Promise<HostEnd> {
  const environment = environmentOf(grant, deps);
  const target = environment && targetOf(environment, host);
  if (target === undefined) {
    const note = `${host} is not in msops.yml any more. Put it back, or remove the account ${user} there by hand.`;
    return { ok: false, note };
  }
  const homes = [...new Set([...productHomes, ...productHomesOf(grant, host, deps)])];
  try {
    return toHostEnd(await deps.accounts.remove(target, { grantId: grant.id, user, productHomes: homes }, signal));
  } catch (error) {
    return { ok: false, note: describeFailure(error, { grantId: grant.id, host }, deps) };
  }
}
