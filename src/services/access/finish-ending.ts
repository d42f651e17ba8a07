import { ACCESS_TOPIC, type AccessDeps } from './access-deps.ts';
import type { Grant, GrantHost } from './grant.ts';
import { RECORDING_MS, recordOnce } from './record-once.ts';
import { RETRY_MS, removeAccounts } from './remove-accounts.ts';
import { AGAIN, type Next, type Turn, waitFor } from './turn.ts';

const NOT_REVOKED = 'access.not_revoked';
/** Then the sweeper goes on alone: a workflow remembers each of its steps. */
const MOST_TRIES = 60;

/** Cleans up all hosts, again and again; it has ended when each of them is clean. Can be run by several at once. */
export async function finishEnding(grant: Grant, turn: Turn): Promise<Next> {
  const { deps } = turn;
  await dropExtension(grant, deps);
  const hosts = await removeAccounts(grant, turn);
  if (!isClean(hosts)) {
    return raiseAlarm(grant, hosts, deps);
  }
  const entry = { action: 'access.ended', result: 'succeeded', by: grant.endWish?.by } as const;
  const isTold = grant.alarmedAt === undefined || (await recordAlarm(grant, hosts, deps));
  if (!(isTold && (await recordOnce(grant.id, { ...entry, reason: describeEnd(grant) }, deps)))) {
    return waitFor(ACCESS_TOPIC, RECORDING_MS);
  }
  await close(grant.id, deps);
  return AGAIN;
}

/** Nobody shall approve what leads to nothing. */
async function dropExtension({ id, extension }: Grant, { store, approvals }: AccessDeps): Promise<void> {
  if (extension !== undefined) {
    await approvals.void(extension.approvalId, 'the access has ended');
    await store.update(id, (found) => ({ ...found, extension: undefined }));
  }
}

function isClean(hosts: readonly GrantHost[]): boolean {
  return hosts.every(({ state }) => state === 'removed');
}

/** Unless an account has come late between the look and the writing. */
async function close(id: string, { store, cards, clock }: AccessDeps): Promise<void> {
  const before = await store.find(id);
  if (before?.alarmedAt !== undefined) {
    await cards.alarm(id, true);
  }
  const hosts = await store.hosts(id);
  await store.update(id, (found) =>
    found.state === 'ending' && found.lateAccounts === before?.lateAccounts && isClean(hosts)
      ? { ...found, state: 'ended', endedAt: clock.now() }
      : found,
  );
  await cards.redraw(id);
}

/** From the first failure on until it is done. */
async function raiseAlarm(grant: Grant, hosts: readonly GrantHost[], deps: AccessDeps): Promise<Next> {
  if (hosts.some(({ state }) => state === 'left_behind')) {
    const at = deps.clock.now();
    if (grant.alarmedAt === undefined) {
      // Also for whoever has no ops channel, or no Slack.
      deps.logger.error('Access has ended and is not revoked', { grant: grant.id, hosts: namesOfLeft(hosts) });
    }
    await deps.store.update(grant.id, (found) => ({ ...found, alarmedAt: found.alarmedAt ?? at }));
    await deps.cards.alarm(grant.id, false);
    await deps.cards.redraw(grant.id);
    await recordAlarm(grant, hosts, deps);
  }
  const tries = Math.max(...hosts.map((host) => host.tries));
  return tries > MOST_TRIES ? waitFor(ACCESS_TOPIC) : waitFor(ACCESS_TOPIC, RETRY_MS);
}

/** At the first chance, which may be when all is clean. */
function recordAlarm({ id }: Grant, hosts: readonly GrantHost[], deps: AccessDeps): Promise<boolean> {
  const left = hosts.filter(({ state, tries }) => state === 'left_behind' || tries > 1);
  const reason = left.map(({ host, note, tries }) => `${host}: ${note ?? `tried ${tries} times`}`).join('; ');
  const names = left.map(({ host }) => host);
  return recordOnce(id, { action: NOT_REVOKED, isOnly: true, result: 'failed', hosts: names, reason }, deps);
}

function namesOfLeft(hosts: readonly GrantHost[]): readonly string[] {
  return hosts.filter(({ state }) => state === 'left_behind').map(({ host }) => host);
}

function describeEnd({ endWish }: Grant): string {
  return endWish === undefined ? 'its time is over' : [endWish.why, endWish.reason].filter(Boolean).join(': ');
}
