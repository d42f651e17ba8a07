import { ALERT_DETAILS } from '../../views/alert-buttons.ts';
import { alertDetailsModal } from '../../views/alert-details-modal.ts';
import type { Action } from '../action-spec.ts';
import { findAlert } from '../find-alert.ts';

/** All alerts of a group and the last checks of its hosts, over its message. */
export const alertDetails: Action = {
  id: ALERT_DETAILS,

  async run(id, context) {
    const { services, openModal } = context;
    const facts = await findAlert(id, 'alert.read', context);
    const { customer, environment: name } = facts.group;
    const environment = services.inventory
      .findCustomer(customer)
      ?.environments.find((candidate) => candidate.name === name);
    const reports = environment === undefined ? [] : await services.hosts.latest(environment);
    await openModal(alertDetailsModal({ facts, reports }));
  },
};
