import { toPerson } from '../../domain/actor.ts';
import { DeniedError } from '../../domain/errors.ts';
import type { Announcer } from './announce-change.ts';
import type { Approval } from './approval.ts';
import type { ApprovalDeps, ApprovalQuestion } from './approval-service.ts';
import type { BreakGlass } from './break-glass-service.ts';
import { decideAsking } from './decide-asking.ts';
import { policyToDecideBy } from './find-policy.ts';

interface AskDeps extends Omit<ApprovalDeps, 'engine' | 'audit' | 'changed'> {
  readonly announcer: Announcer;
}

/**
 * Writes the question down, once for each id.
 * @throws {DeniedError} when they may not ask for it, or nobody could ever approve it.
 */
export async function askForApproval(question: ApprovalQuestion, deps: AskDeps): Promise<Approval> {
  const existing = await deps.store.find(question.id);
  if (existing !== undefined) {
    return askAgain(existing.approval, deps);
  }
  const { environment, change } = question;
  const asking = await decideAsking({ actor: question.requester, environment, change }, deps);
  const { decision, emergency, requester, target, rules } = asking;
  const found = policyToDecideBy(target, rules.policies);
  if (!decision.allowed || 'gap' in found) {
    throw new DeniedError(decision.allowed ? 'Nobody can approve this.' : decision.reason);
  }
  const now = deps.clock.now();
  const asked: Approval = {
    id: question.id,
    workflowId: question.workflowId,
    ...target,
    title: question.title,
    requester: toPerson(requester),
    digest: deps.digest(question.payload),
    requestedAt: now,
    expiresAt: new Date(now.getTime() + found.policy.expiresAfterMs),
    status: 'pending',
    votes: [],
  };
  return writeDown(asked, emergency, deps);
}

async function writeDown(asked: Approval, emergency: BreakGlass | undefined, deps: AskDeps): Promise<Approval> {
  const approval = emergency === undefined ? asked : answerBy(emergency, asked);
  if (!(await deps.store.create(approval))) {
    const existing = await deps.store.find(approval.id);
    return askAgain(existing?.approval ?? approval, deps);
  }
  if (emergency !== undefined) {
    await deps.breakGlass.used(emergency.id, approval.id);
  }
  await deps.announcer.announce({ action: 'requested', approval, by: approval.requester });
  if (emergency !== undefined) {
    await deps.announcer.announce({ action: 'approved', approval, by: undefined, before: 'pending' });
  }
  return approval;
}

function answerBy({ id, reason }: BreakGlass, asked: Approval): Approval {
  const decision = { at: asked.requestedAt, reason: `Break-glass: ${reason}` };
  return { ...asked, status: 'approved', breakGlassId: id, decision };
}

/** Whoever asked before may have died before it was told. */
async function askAgain(approval: Approval, { breakGlass, announcer }: AskDeps): Promise<Approval> {
  if (approval.breakGlassId !== undefined) {
    await breakGlass.used(approval.breakGlassId, approval.id);
  }
  await announcer.remind(approval);
  return approval;
}
