import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { Approval } from '../approvals/approval.ts';
import { type AccessDeps, environmentOf, workflowIdOf } from './access-deps.ts';
import type { Extension, Grant } from './grant.ts';
import { makeAccounts } from './make-accounts.ts';
import { extensionPayloadOf } from './payload.ts';
import { recordOnce } from './record-once.ts';
import type { Turn } from './turn.ts';

/** `busy`: somebody else is at it, or has died in the middle of it. */
export type Settled = 'waits' | 'settled' | 'busy';

/** What became of an extension that was asked for. Can be run again. */
export async function settleExtension(grant: Grant, extension: Extension, turn: Turn): Promise<Settled> {
  const { deps } = turn;
  if (extension.approvedAt !== undefined) {
    return finish(grant, extension, turn);
  }
  const asked = await ask(grant, extension, deps);
  if (typeof asked === 'string') {
    return drop(grant, `The extension could not be asked for: ${asked}`, deps);
  }
  const approval = (await deps.approvals.expire(asked.id)) ?? asked;
  if (approval.status === 'pending') {
    return 'waits';
  }
  if (approval.status !== 'approved') {
    return drop(grant, describe(approval), deps);
  }
  const decision = await deps.approvals.recheck(approval.id, extensionPayloadOf(grant, extension));
  if (!decision.allowed) {
    await deps.approvals.void(approval.id, decision.reason);
    return drop(grant, `The extension does not count: ${decision.reason}`, deps);
  }
  return approve(grant, extension, turn);
}

/** @throws {DeniedError} when this person may not ask for it. {UserError} when the environment is gone. */
export function askForExtension(grant: Grant, extension: Extension, deps: AccessDeps): Promise<Approval> {
  const environment = environmentOf(grant, deps);
  if (environment === undefined) {
    throw new UserError(`${grant.customer}/${grant.environment} is not in the configuration any more.`);
  }
  const end = `${extension.until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return deps.approvals.request({
    ...{ id: extension.approvalId, workflowId: workflowIdOf(grant.id), environment, change: 'access' },
    title: `Extend the read-only access of ${grant.person.name} until ${end}`,
    requester: askerFor(grant, deps.directory.findActor((extension.by ?? grant.person).id)),
    payload: extensionPayloadOf(grant, extension),
  });
}

/** Whoever asks and whom it is for count as one: neither of them can approve it. */
export function askerFor({ person }: Pick<Grant, 'person'>, actor: Actor): Actor {
  return { ...actor, alsoKnownAs: [...(actor.alsoKnownAs ?? []), ...person.accounts] };
}

async function ask(grant: Grant, extension: Extension, deps: AccessDeps): Promise<Approval | string> {
  try {
    return (await deps.approvals.find(extension.approvalId)) ?? (await askForExtension(grant, extension, deps));
  } catch (error) {
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
}

/** The end moves first, under the lock: after the old end nothing can be extended. */
async function approve(grant: Grant, extension: Extension, turn: Turn): Promise<Settled> {
  const { store, clock } = turn.deps;
  const moved = await store.update(grant.id, (found) => {
    const isOpen = found.state === 'active' && found.endWish === undefined && clock.now() < found.until;
    const isThis = found.extension?.approvalId === extension.approvalId && found.extension.approvedAt === undefined;
    return isOpen && isThis
      ? {
          ...{ ...found, until: extension.until, remindedAt: undefined },
          extension: { ...extension, from: extension.from ?? found.until, approvedAt: clock.now() },
        }
      : found;
  });
  return moved.extension?.approvedAt === undefined ? 'settled' : finish(moved, moved.extension, turn);
}

/** Hosts are told the new end; one that cannot be told keeps the old one, and says so. */
async function finish(grant: Grant, extension: Extension, { deps, signal }: Turn): Promise<Settled> {
  const { store, cards } = deps;
  const { id } = grant;
  const { approvalId, from, until, reason } = extension;
  const entry = { action: 'access.extended', key: `access.extended:${approvalId}`, result: 'succeeded' } as const;
  const by = extension.by ?? grant.person;
  if (!(await recordOnce(id, { ...entry, by, reason, before: { until: from }, after: { until } }, deps))) {
    return 'busy';
  }
  const made = (await store.hosts(id)).filter(({ state }) => state === 'made');
  await makeAccounts(grant, made, { deps, signal });
  await cards.details(grant, approvalId);
  await store.update(id, (found) =>
    found.extension?.approvalId === approvalId ? { ...found, extension: undefined } : found,
  );
  await cards.redraw(id);
  return 'settled';
}

async function drop({ id, extension }: Grant, note: string, { store, cards }: AccessDeps): Promise<Settled> {
  await store.update(id, (found) =>
    found.extension?.approvalId === extension?.approvalId ? { ...found, extension: undefined, note } : found,
  );
  await cards.redraw(id);
  return 'settled';
}

function describe({ status, decision }: Approval): string {
  const words = [decision?.by?.name, decision?.reason].filter((part) => part !== undefined).join(': ');
  const end = status === 'expired' ? 'nobody decided in time' : words || status;
  return `The extension was not approved: ${end}`;
}
