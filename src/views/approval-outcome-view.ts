import type { Message } from '../domain/message.ts';
import type { Approval } from '../services/approvals/approval.ts';
import type { VoteOutcome } from '../services/approvals/approval-service.ts';
import { decidedAgo, decisionInWords, seatsInWords } from './approval-words.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { personName, sentence } from './rollout-text.ts';
import { said } from './said.ts';

export interface ClickFacts {
  readonly wish: 'approve' | 'reject';
  readonly now: Date;
  /** For people to read; the id of the customer when it is missing. */
  readonly customerName?: string | undefined;
}

/** What became of a click, for the one who clicked. Never silent. */
export function approvalOutcomeView(outcome: VoteOutcome, facts: ClickFacts): Message {
  return said(inWords(outcome, facts));
}

function inWords(outcome: VoteOutcome, { wish, now, customerName }: ClickFacts): string {
  switch (outcome.kind) {
    case 'needs_typing':
      return `⌨️ Your approval counts once you have typed ${code(outcome.phrase)}. Click Approve again and type it.`;
    case 'counted':
      return `✅ Your approval of ${titleOf(outcome.approval)} counts. ${stillNeeded(outcome, customerName)}`;
    case 'repeated':
      return `✅ You approved ${titleOf(outcome.approval)} before. ${stillNeeded(outcome, customerName)}`;
    case 'decided':
      return wish === 'approve'
        ? `✅ Approved: ${titleOf(outcome.approval)}. Yours was the last that was missing; its card shows how it goes on.`
        : `🚫 Rejected: ${titleOf(outcome.approval)}. Nothing was changed on any host, and ${personName(outcome.approval.requester)} can read why on the card.`;
    case 'late':
      return late(outcome.approval, now);
    case 'refused':
      return `🚫 That did not count: ${sentence(outcome.reason)}`;
    case 'unknown':
      return `❔ I know no such request for approval. Look at ${code(`${COMMAND_WORD} rollouts`)} for those that there are.`;
  }
}

function titleOf({ title, customer, environment }: Approval): string {
  return `*${sentence(`${customer}/${environment}`)}* · ${sentence(title)}`;
}

type Waiting = Extract<VoteOutcome, { kind: 'counted' | 'repeated' }>;

function stillNeeded({ approval, open }: Waiting, customerName: string = approval.customer): string {
  return open.length > 0 ? `Still needed: ${seatsInWords(open, customerName)}.` : 'Nobody else is needed.';
}

function late(approval: Approval, now: Date): string {
  const { by } = approval.decision ?? {};
  const isByPerson = approval.status === 'approved' && approval.breakGlassId === undefined && by !== undefined;
  const what = isByPerson ? `approved, decided by ${personName(by)}` : decisionInWords(approval);
  return `⌛ Too late, your click changed nothing: ${titleOf(approval)} was decided${decidedAgo(approval, now)}: ${what}.`;
}
