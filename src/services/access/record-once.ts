import type { AuditEvent } from '../audit/ports.ts';
import type { AccessDeps } from './access-deps.ts';
import type { Grant } from './grant.ts';

/** Whoever began to write an entry and has not finished after so long has died. */
export const RECORDING_MS = 20_000;
const MOST_LOOKED_AT = 1_000;

export interface Entry extends Pick<AuditEvent, 'action' | 'result'> {
  /** Tells entries of the same action apart; the action when it is missing. */
  readonly key?: string | undefined;
  /** There is one of this action at most, whatever its reason. */
  readonly isOnly?: boolean | undefined;
  readonly by?: { readonly id: AuditEvent['actor']; readonly name: string } | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Writes an audit entry of a grant once, whoever else is about to do the same, and whoever died while doing it.
 * @returns `false` while somebody else writes: come back later.
 */
export async function recordOnce(id: string, entry: Entry, deps: AccessDeps): Promise<boolean> {
  const key = entry.key ?? entry.action;
  const { state, grant, wasBegun } = await claim(id, key, deps);
  if (state !== 'mine') {
    return state === 'recorded';
  }
  const event = toEvent(grant, entry);
  if (!(wasBegun && (await isThere(grant, { ...event, isOnly: entry.isOnly }, deps)))) {
    await deps.audit.append(event);
  }
  await deps.store.update(id, (found) => ({
    ...found,
    recorded: [...new Set([...(found.recorded ?? []), key])],
    recording: found.recording?.key === key ? undefined : found.recording,
  }));
  return true;
}

interface Claim {
  readonly state: 'mine' | 'recorded' | 'busy';
  readonly grant: Grant;
  /** Somebody died in the middle of it. */
  readonly wasBegun: boolean;
}

async function claim(id: string, key: string, { store, clock }: AccessDeps): Promise<Claim> {
  const now = clock.now();
  let before: Grant | undefined;
  const grant = await store.update(id, (found) => {
    before = found;
    return judge(found, key, now) === 'mine' ? { ...found, recording: { key, at: now } } : found;
  });
  const found = before ?? grant;
  return { state: judge(found, key, now), grant, wasBegun: found.recording?.key === key };
}

function judge({ recorded = [], recording }: Grant, key: string, now: Date): Claim['state'] {
  if (recorded.includes(key)) {
    return 'recorded';
  }
  const isBusy = recording !== undefined && now.getTime() - recording.at.getTime() < RECORDING_MS;
  return isBusy ? 'busy' : 'mine';
}

function toEvent(grant: Grant, { action, result, by, hosts, reason, before, after }: Entry): AuditEvent {
  const { id, customer, environment, wish } = grant;
  return {
    ...{ actor: by?.id ?? 'msops', actorName: by?.name ?? 'msops', action, result, requestId: id },
    ...{ customer, environment, hosts: hosts ?? wish.linux?.hosts, reason, before, after },
  };
}

async function isThere(
  { customer, requestedAt }: Grant,
  event: AuditEvent & Pick<Entry, 'isOnly'>,
  { audit }: AccessDeps,
): Promise<boolean> {
  const since = new Date(requestedAt.getTime() - RECORDING_MS);
  const entries = await audit.list({ customers: [customer], since, limit: MOST_LOOKED_AT });
  return entries.some(
    ({ requestId, action, reason }) =>
      requestId === event.requestId && action === event.action && (event.isOnly || reason === event.reason),
  );
}
