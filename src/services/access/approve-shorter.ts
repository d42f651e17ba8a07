import { type Actor, covers, isSamePerson, toPerson } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { Approval } from '../approvals/approval.ts';
import type { VoteOutcome } from '../approvals/approval-service.ts';
import type { AccessDeps } from './access-deps.ts';
import type { Grant } from './grant.ts';
import { approvalIdOf, askFor } from './request-access.ts';

export interface ShorterRequest {
  readonly id: string;
  readonly actor: Actor;
  readonly until: Date;
}

const VOIDED = 'asked again for less time';

/**
 * An approver's yes for less time. Again is the same.
 * @throws {UserError} when the end is not earlier than the one that was asked for, or over.
 */
export async function approveShorter(request: ShorterRequest, deps: AccessDeps): Promise<VoteOutcome> {
  const { id, until } = request;
  const actor = deps.directory.findActor(request.actor.id);
  const grant = await deps.store.find(id);
  if (grant === undefined) {
    return { kind: 'unknown' };
  }
  const isAsked = grant.state === 'requested' && grant.until.getTime() === until.getTime() && (grant.asked ?? 1) > 1;
  const shorter = isAsked ? grant : await askForLess(grant, { id, actor, until }, deps);
  if (!('approvalId' in shorter)) {
    return shorter;
  }
  await deps.approvals.void(approvalIdOf(id, (shorter.asked ?? 1) - 1), VOIDED);
  await askFor(shorter, deps);
  const outcome = await deps.approvals.approve({ id: shorter.approvalId, actor });
  await deps.cards.redraw(id);
  return outcome;
}

/** Written down before anything is voided: the workflow asks too, should nobody else be left to. */
async function askForLess(
  grant: Grant,
  { id, actor, until }: ShorterRequest,
  deps: AccessDeps,
): Promise<Grant | VoteOutcome> {
  const approval = await deps.approvals.find(grant.approvalId);
  const refusal = approval && (await refuse(grant, approval, { actor, deps }));
  if (approval === undefined || refusal !== undefined) {
    return refusal ?? { kind: 'unknown' };
  }
  refuseUnlessEarlier(until, grant.until, deps.clock.now());
  const next = await deps.store.update(id, (found) => {
    const isCurrent = found.state === 'requested' && found.approvalId === grant.approvalId && !found.endWish;
    const asked = (found.asked ?? 1) + 1;
    return isCurrent ? { ...found, until, asked, approvalId: approvalIdOf(id, asked) } : found;
  });
  return next.until.getTime() === until.getTime() && next.state === 'requested' ? next : { kind: 'late', approval };
}

/** Nobody but who may approve can have it asked again. */
async function refuse(
  grant: Grant,
  approval: Approval,
  { actor, deps }: { readonly actor: Actor; readonly deps: AccessDeps },
): Promise<VoteOutcome | undefined> {
  const waiting = await deps.approvals.waitingFor(actor);
  if (grant.state === 'requested' && waiting.some(({ id }) => id === approval.id)) {
    return undefined;
  }
  if (!mayRead(actor, grant)) {
    return { kind: 'refused', reason: 'This is for others to decide.' };
  }
  if (approval.status !== 'pending' || grant.state !== 'requested') {
    return { kind: 'late', approval };
  }
  const person = toPerson(actor);
  return approval.votes.some((vote) => isSamePerson(vote.person, person))
    ? { kind: 'refused', reason: 'You have approved it as it was asked for; what you approved stays approved.' }
    : { kind: 'refused', reason: 'This is for others to decide.' };
}

/** Others hear nothing of it, not even how it ended. */
function mayRead({ grants }: Actor, { customer }: Grant): boolean {
  return grants.some(({ customers }) => covers(customers, customer));
}

function refuseUnlessEarlier(until: Date, asked: Date, now: Date): void {
  if (!(until.getTime() < asked.getTime())) {
    throw new UserError('That is not less than what was asked for.', {
      hint: 'Approve it as it is, or choose an earlier end.',
    });
  }
  if (!(until.getTime() > now.getTime())) {
    throw new UserError('That end is over already.', { hint: 'Choose an end in the future.' });
  }
}
