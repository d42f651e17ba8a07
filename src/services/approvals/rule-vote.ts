import { toPerson } from '../../domain/actor.ts';
import type { Approval } from './approval.ts';
import type { VoteOutcome } from './approval-service.ts';
import { type Clicked, type Judgement, judgeApprove, judgeReject, withVote } from './judge-click.ts';
import type { ApprovalAction } from './record-change.ts';
import { expired, type Ruling } from './rule-end.ts';

/** What a click leads to, and what its person hears if it is written. */
export interface VoteRuling extends Ruling {
  readonly outcome: VoteOutcome;
}

export function ruleApprove(clicked: Clicked, typed: string | undefined): VoteRuling {
  const { approval, actor, now } = clicked;
  const judged = judgeApprove(clicked, typed);
  const by = toPerson(actor);
  const voted = withVote(approval, actor, now);
  switch (judged.kind) {
    case 'counted':
      return {
        approval: voted,
        write: { action: 'approved', by },
        outcome: { kind: 'counted', approval: voted, open: judged.open },
      };
    case 'decided':
      return decided({ ...voted, status: 'approved', decision: { by, at: now } }, 'approved');
    default:
      return unchanged(clicked, judged);
  }
}

export function ruleReject(clicked: Clicked, reason: string): VoteRuling {
  const { approval, actor, now } = clicked;
  const judged = judgeReject(clicked, reason);
  const decision = { by: toPerson(actor), at: now, reason: reason.trim() };
  return judged === undefined
    ? decided({ ...approval, status: 'rejected', decision }, 'rejected')
    : unchanged(clicked, judged);
}

function decided(approval: Approval, action: ApprovalAction): VoteRuling {
  const by = approval.decision?.by;
  return { approval, write: { action, by }, outcome: { kind: 'decided', approval } };
}

type Unchanging = Exclude<Judgement, { kind: 'counted' | 'decided' }>;

function unchanged({ approval }: Clicked, judged: Unchanging): VoteRuling {
  switch (judged.kind) {
    case 'overdue': {
      const ruling = expired(approval);
      return { ...ruling, outcome: { kind: 'late', approval: ruling.approval } };
    }
    case 'late':
      return { approval, outcome: { kind: 'late', approval } };
    case 'repeated':
      return { approval, outcome: { kind: 'repeated', approval, open: judged.open } };
    default:
      return { approval, outcome: judged };
  }
}
