import { z } from 'zod';
import { APPROVAL_CONFIRM, type ConfirmedApproval, TYPED_INPUT } from '../../views/approval-modals.ts';
import { findApproval } from '../find-approval.ts';
import type { Modal } from '../modal-spec.ts';
import { outdatedForm } from '../outdated-form.ts';
import { sayOutcome } from '../say-outcome.ts';

const Confirmed = z.object({ id: z.string(), phrase: z.string() });

/** The name of the environment, typed. It is looked at again by the service, which knows the policy of now. */
export const approvalConfirm: Modal = {
  id: APPROVAL_CONFIRM,

  check({ values, metadata }) {
    const phrase = remembered(metadata)?.phrase;
    const typed = (values[TYPED_INPUT] ?? '').trim().toLowerCase();
    return phrase === undefined || typed === phrase.toLowerCase()
      ? {}
      : { [TYPED_INPUT]: `That is not ${phrase}. Type it as it stands here.` };
  },

  async run({ values, metadata }, context) {
    const confirmed = remembered(metadata);
    if (confirmed === undefined) {
      throw outdatedForm();
    }
    const { actor, services } = context;
    const { id } = confirmed;
    const approval = await findApproval(id, context);
    const outcome = approval
      ? await services.approvals.approve({ id, actor, typed: values[TYPED_INPUT] ?? '' })
      : ({ kind: 'unknown' } as const);
    await sayOutcome(outcome, 'approve', context);
  },
};

function remembered(metadata: string): ConfirmedApproval | undefined {
  try {
    return Confirmed.parse(JSON.parse(metadata));
  } catch {
    return undefined;
  }
}
