import { HopFailure } from '../../domain/hop-failure.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import { withPatience } from '../../domain/patience.ts';
import type { LinuxAccount } from '../linux-accounts/linux-account.ts';
import { type AccessDeps, environmentOf } from './access-deps.ts';
import type { Grant, GrantHost } from './grant.ts';
import { describeFailure, type HostEnd, toHostEnd } from './try-host.ts';
import type { Turn } from './turn.ts';

/** So long one attempt may take, patience included; until then nobody cleans up behind its back. */
export const MAKING_MS = 420_000;

/**
 * Makes the accounts of a grant, or moves their end, on all hosts at once. Can be run again.
 * @param hosts those to do; what fails is noted on the host and holds nobody up.
 */
export async function makeAccounts(grant: Grant, hosts: readonly GrantHost[], { deps, signal }: Turn): Promise<void> {
  await Promise.all(hosts.map(({ host }) => makeOne(grant, host, { deps, signal })));
}

async function makeOne({ id }: Grant, host: string, { deps, signal }: Turn): Promise<void> {
  const { store } = deps;
  // The host says first that somebody is at it, then the grant is read; whoever ends it does it the other way round.
  const { found, user } = await begin(id, host, deps);
  const grant = await store.find(id);
  if (grant === undefined || !mayBeMade(grant)) {
    const isHalfMade = found.makingAt !== undefined && found.state === 'waiting';
    await store.saveHost(id, host, { makingAt: undefined, state: isHalfMade ? 'failed' : found.state });
    return;
  }
  const end = await attempt(grant, { host, user }, { deps, signal });
  const failed = found.state === 'made' ? 'made' : 'failed';
  await store.saveHost(id, host, { makingAt: undefined, note: end.note, state: end.ok ? 'made' : failed });
  await keepClosed(id, deps);
}

/** @returns the host as it was before. */
async function begin(id: string, host: string, deps: AccessDeps): Promise<{ found: GrantHost; user: string }> {
  const { store, clock } = deps;
  const grant = await store.find(id);
  const homes = grant === undefined ? [] : productHomesOf(grant, host, deps);
  let before: GrantHost | undefined;
  const after = await store.updateHost(id, host, (found) => {
    before = found;
    const productHomes = [...new Set([...(found.productHomes ?? []), ...homes])];
    return { ...found, makingAt: clock.now(), productHomes };
  });
  return { found: before ?? after, user: after.user };
}

function mayBeMade({ state, endWish }: Grant): boolean {
  return (state === 'granting' || state === 'active') && endWish === undefined;
}

/** A process that was frozen for long may come too late: what it has made has to go again, also when all seemed clean. */
async function keepClosed(id: string, { store }: AccessDeps): Promise<void> {
  await store.update(id, (found) =>
    found.state === 'ending' || found.state === 'ended'
      ? { ...found, state: 'ending', lateAccounts: (found.lateAccounts ?? 0) + 1 }
      : found,
  );
}

async function attempt(
  grant: Grant,
  { host, user }: Pick<GrantHost, 'host' | 'user'>,
  { deps, signal }: Turn,
): Promise<HostEnd> {
  const { accounts, clock, patienceMs } = deps;
  const environment = environmentOf(grant, deps);
  const target = environment && targetOf(environment, host);
  if (target === undefined || grant.wish.linux === undefined) {
    return { ok: false, note: `${host} is not in msops.yml any more.` };
  }
  const account: LinuxAccount = {
    ...{ grantId: grant.id, user, publicKey: grant.wish.linux.publicKey, until: grant.until },
    productHomes: productHomesOf(grant, host, deps),
  };
  try {
    const patience = { clock, patienceMs, mayPass: (error: unknown) => error instanceof HopFailure };
    return toHostEnd(await withPatience(() => accounts.make(target, account, signal), patience, signal));
  } catch (error) {
    return { ok: false, note: describeFailure(error, { grantId: grant.id, host }, deps) };
  }
}

export function targetOf(environment: Environment, name: string): { environment: Environment; host: Host } | undefined {
  const host = environment.hosts.find((one) => one.name === name);
  return host && { environment, host };
}

/** As the configuration has them now; none when the logs of products were not asked for. */
export function productHomesOf(grant: Grant, host: string, deps: Pick<AccessDeps, 'config'>): readonly string[] {
  const environment = environmentOf(grant, deps);
  const products = (environment && targetOf(environment, host)?.host.products) ?? [];
  return grant.wish.linux?.productLogs === true ? products.map(({ home }) => home) : [];
}
