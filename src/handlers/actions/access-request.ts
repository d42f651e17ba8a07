import { ACCESS_REQUEST } from '../../views/access-buttons.ts';
import { recallDraft } from '../../views/access-draft.ts';
import { accessRequestModal } from '../../views/access-request-modal.ts';
import { offerOf } from '../access-offer.ts';
import type { Action } from '../action-spec.ts';

/** The value is the id of the customer, or what was filled in before. Who asks, where, and what was agreed is looked at before the form opens. */
export const accessRequest: Action = {
  id: ACCESS_REQUEST,

  async run(value, context) {
    const { customer: customerId, draft } = recallDraft(value);
    const { customer, settings, environments, longestMs } = await offerOf(customerId, context);
    await context.openModal(accessRequestModal({ customer, environments, kinds: settings.kinds, longestMs, draft }));
  },
};
