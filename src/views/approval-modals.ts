import type { ModalView } from '@slack/types';
import type { Approval } from '../services/approvals/approval.ts';
import { section } from './blocks.ts';
import { clean, code, cut } from './mrkdwn.ts';
import { personName, sentence } from './rollout-text.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** Callback id of the modal that wants the name of the environment typed. */
export const APPROVAL_CONFIRM = 'approval.confirm';
/** Callback id of the modal that wants a reason. */
export const APPROVAL_REJECT = 'approval.reject';

/** Block ids of the inputs. */
export const TYPED_INPUT = 'typed';
export const REASON_INPUT = 'reason';

const LONGEST_TYPED = 200;
const LONGEST_REASON = 500;

export interface ConfirmedApproval {
  readonly id: string;
  readonly phrase: string;
}

/** Shows once more what is approved. Its metadata is JSON of `ConfirmedApproval`. */
export function approvalConfirmModal(approval: Approval, phrase: string): ModalView {
  const remembered: ConfirmedApproval = { id: approval.id, phrase };
  return {
    type: 'modal',
    callback_id: APPROVAL_CONFIRM,
    private_metadata: JSON.stringify(remembered),
    title: { type: 'plain_text', text: 'Approve' },
    submit: { type: 'plain_text', text: 'Approve' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(whatIsApproved(approval)),
      {
        type: 'input',
        block_id: TYPED_INPUT,
        label: { type: 'plain_text', text: cut(`Type ${clean(phrase)} to approve`, SLACK_LIMITS.input.label) },
        element: { type: 'plain_text_input', action_id: TYPED_INPUT, max_length: LONGEST_TYPED },
      },
    ],
  };
}

/** Its metadata is the id of the approval. */
export function approvalRejectModal(approval: Approval): ModalView {
  return {
    type: 'modal',
    callback_id: APPROVAL_REJECT,
    private_metadata: approval.id,
    title: { type: 'plain_text', text: 'Reject' },
    submit: { type: 'plain_text', text: 'Reject' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(whatIsApproved(approval)),
      {
        type: 'input',
        block_id: REASON_INPUT,
        label: { type: 'plain_text', text: 'Why not?' },
        hint: { type: 'plain_text', text: 'Stands on the card and in the audit log.' },
        element: { type: 'plain_text_input', action_id: REASON_INPUT, multiline: true, max_length: LONGEST_REASON },
      },
    ],
  };
}

function whatIsApproved({ customer, environment, title, requester, digest }: Approval): string {
  return [
    `*${sentence(`${customer}/${environment}`)}* · ${sentence(title)}`,
    `Asked by ${personName(requester)}. What counts is the plan with the digest ${code(digest.slice(0, 12))}; Details on the card shows all of it.`,
  ].join('\n');
}
