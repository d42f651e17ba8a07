import type { ModalView } from '@slack/types';
import { LONGEST_REASON } from '../domain/reason.ts';
import type { Approval } from '../services/approvals/approval.ts';
import { section } from './blocks.ts';
import { modal, textInput } from './modal.ts';
import { code } from './mrkdwn.ts';
import { personName, sentence } from './rollout-text.ts';

/** Callback id of the modal that wants the name of the environment typed. */
export const APPROVAL_CONFIRM = 'approval.confirm';
/** Callback id of the modal that wants a reason. */
export const APPROVAL_REJECT = 'approval.reject';

/** Block ids of the inputs. */
export const TYPED_INPUT = 'typed';
export const REASON_INPUT = 'reason';

const LONGEST_TYPED = 200;

export interface ConfirmedApproval {
  readonly id: string;
  readonly phrase: string;
}

/** Shows once more what is approved. Its metadata is JSON of `ConfirmedApproval`. */
export function approvalConfirmModal(approval: Approval, phrase: string): ModalView {
  const remembered: ConfirmedApproval = { id: approval.id, phrase };
  return modal({
    title: 'Approve',
    form: { callbackId: APPROVAL_CONFIRM, metadata: JSON.stringify(remembered), submit: 'Approve' },
    blocks: [
      section(whatIsApproved(approval)),
      textInput({ id: TYPED_INPUT, label: `Type ${phrase} to approve`, longest: LONGEST_TYPED }),
    ],
  });
}

/** Its metadata is the id of the approval. */
export function approvalRejectModal(approval: Approval): ModalView {
  return modal({
    title: 'Reject',
    form: { callbackId: APPROVAL_REJECT, metadata: approval.id, submit: 'Reject' },
    blocks: [
      section(whatIsApproved(approval)),
      textInput({
        id: REASON_INPUT,
        label: 'Why not?',
        hint: 'Stands on the card and in the audit log.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });
}

function whatIsApproved({ customer, environment, title, requester, digest }: Approval): string {
  return [
    `*${sentence(`${customer}/${environment}`)}* · ${sentence(title)}`,
    `Asked by ${personName(requester)}. What counts is the plan with the digest ${code(digest.slice(0, 12))}; Details on the card shows all of it.`,
  ].join('\n');
}
