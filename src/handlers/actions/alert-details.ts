import { ALERT_DETAILS } from '../../views/alert-buttons.ts';
import { alertDetailsModal } from '../../views/alert-details-modal.ts';
import type { Action } from '../action-spec.ts';
import { chartRequestOf, drawAlertChart } from '../chart-of-alert.ts';
import { findAlert } from '../find-alert.ts';

/** All alerts of a group and the last checks of its hosts, over its message; then the chart, which takes longer. */
export const alertDetails: Action = {
  id: ALERT_DETAILS,

  async run(id, context) {
    const { services, openModal, deps, clock } = context;
    const facts = await findAlert(id, 'alert.read', context);
    const { customer, environment: name } = facts.group;
    const environment = services.inventory
      .findCustomer(customer)
      ?.environments.find((candidate) => candidate.name === name);
    const reports = environment === undefined ? [] : await services.hosts.latest(environment);
    const request = chartRequestOf(facts.group, environment, clock.now());
    if (request === undefined) {
      await openModal(alertDetailsModal({ facts, reports }));
      return;
    }
    const opened = await openModal(alertDetailsModal({ facts, reports, chart: { kind: 'awaited' } }));
    const chart = await drawAlertChart(request, deps);
    await deps.modals.update(opened, alertDetailsModal({ facts, reports, chart })).catch((error: unknown) => {
      deps.logger.warn('Details of an alert without their chart', { alert: id, error });
    });
  },
};
