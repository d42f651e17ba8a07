import { toPerson } from '../../domain/actor.ts';
import { shortId } from '../../domain/short-id.ts';
import { accessEndedView, extensionAskedView } from '../../views/access-answer-views.ts';
import { LONGEST_REASON } from '../../views/access-request-modal.ts';
import {
  ACCESS_EXTEND_MODAL,
  ACCESS_REVOKE_MODAL,
  ACCESS_SHORTER_MODAL,
  UNTIL_INPUT,
  WHY_INPUT,
} from '../../views/access-time-modals.ts';
import { findGrantToApprove, findGrantToExtend, findManagedGrant } from '../access-find.ts';
import type { Modal, Submission } from '../modal-spec.ts';
import { outdatedForm } from '../outdated-form.ts';
import { sayOutcome } from '../say-outcome.ts';

/** Yes, but not for so long. */
export const accessShorter: Modal = {
  id: ACCESS_SHORTER_MODAL,
  check: () => ({}),

  async run({ values, metadata }, context) {
    const until = untilOf(values);
    const { grant } = await findGrantToApprove(metadata, context);
    await sayOutcome(await context.services.access.approveShorter(grant.id, context.actor, until), 'approve', context);
  },
};

/** The old end stays true until the new one is approved. */
export const accessExtend: Modal = {
  id: ACCESS_EXTEND_MODAL,
  check: ({ values }) => whyProblem(values, 'Say why, so that somebody can approve it.'),

  async run({ values, metadata }, context) {
    const { actor, services, answer } = context;
    const until = untilOf(values);
    const { grant, timeZone } = await findGrantToExtend(metadata, context);
    const requestId = shortId(answer.keyOf('access'));
    const extended = await services.access.extend({ id: grant.id, requestId, actor, until, reason: whyOf(values) });
    await answer.whisper(extensionAskedView(extended, timeZone));
  },
};

/** Somebody of ours ends it, and says why. */
export const accessRevoke: Modal = {
  id: ACCESS_REVOKE_MODAL,
  check: ({ values }) => whyProblem(values, 'Say why, so that the others know.'),

  async run({ values, metadata }, context) {
    const { actor, services, answer } = context;
    const { grant } = await findManagedGrant(metadata, context);
    const wish = { why: 'revoked', by: toPerson(actor), reason: whyOf(values) } as const;
    await answer.whisper(accessEndedView(await services.access.end(grant.id, wish)));
  },
};

/** As the form offered it; the service looks whether it may be. */
function untilOf(values: Submission['values']): Date {
  const until = new Date(values[UNTIL_INPUT] ?? '');
  if (Number.isNaN(until.getTime())) {
    throw outdatedForm();
  }
  return until;
}

function whyOf(values: Submission['values']): string {
  return (values[WHY_INPUT] ?? '').trim().slice(0, LONGEST_REASON);
}

function whyProblem(values: Submission['values'], problem: string): Record<string, string> {
  return whyOf(values) === '' ? { [WHY_INPUT]: problem } : {};
}
