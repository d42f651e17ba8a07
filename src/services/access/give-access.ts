import { ACCESS_TOPIC, type AccessDeps } from './access-deps.ts';
import { beginEnding, causeOfEnd } from './begin-ending.ts';
import type { Grant, GrantHost } from './grant.ts';
import { makeAccounts } from './make-accounts.ts';
import { payloadOf } from './payload.ts';
import { RECORDING_MS, recordOnce } from './record-once.ts';
import { AGAIN, type Next, type Turn, waitFor } from './turn.ts';

/** Makes the accounts, tells the person how to get in, writes down that it has begun. */
export async function giveAccess(grant: Grant, { deps, signal }: Turn): Promise<Next> {
  const { store } = deps;
  const { id } = grant;
  const cause = causeOfEnd(grant, deps);
  if (cause !== undefined) {
    await beginEnding(id, cause, deps);
    return AGAIN;
  }
  const decision = await deps.approvals.recheck(grant.approvalId, payloadOf(grant));
  if (!decision.allowed) {
    return fail(id, decision.reason, deps);
  }
  const open = (await store.hosts(id)).filter(({ state }) => state !== 'made');
  await makeAccounts(grant, open, { deps, signal });
  const hosts = await store.hosts(id);
  const failed = hosts.filter(({ state }) => state !== 'made');
  if (failed.length === hosts.length && grant.wish.kinds.every((kind) => kind === 'linux')) {
    return fail(id, describe(failed), deps);
  }
  const current = await store.find(id);
  if (current?.state !== 'granting' || causeOfEnd(current, deps) !== undefined) {
    return AGAIN;
  }
  return activate(current, failed, deps);
}

async function activate(grant: Grant, failed: readonly GrantHost[], deps: AccessDeps): Promise<Next> {
  const { store, cards, clock } = deps;
  const { id, until, wish } = grant;
  const note = failed.length === 0 ? undefined : describe(failed);
  const active: Grant = { ...grant, state: 'active', begunAt: clock.now(), note };
  const entry = { action: 'access.begun', result: 'succeeded', reason: note, after: { wish, until } } as const;
  if (!(await recordOnce(id, entry, deps))) {
    return waitFor(ACCESS_TOPIC, RECORDING_MS);
  }
  await cards.details(active, 'begun');
  await store.update(id, (found) =>
    found.state === 'granting' ? { ...found, state: 'active', begunAt: active.begunAt, note } : found,
  );
  await cards.redraw(id);
  return AGAIN;
}

/** Nothing of it works: what may be left on hosts is removed. */
async function fail(id: string, reason: string, deps: AccessDeps): Promise<Next> {
  const at = deps.clock.now();
  await deps.store.update(id, (found) =>
    found.state === 'granting'
      ? { ...found, note: reason, endWish: found.endWish ?? { why: 'failed', reason, at } }
      : found,
  );
  return AGAIN;
}

function describe(failed: readonly GrantHost[]): string {
  return failed.map(({ host, note }) => (note === undefined ? host : `${host}: ${note}`)).join('; ');
}
