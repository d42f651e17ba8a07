import { HOME_CHECK } from '../../views/home-view.ts';
import type { Action } from '../action-spec.ts';
import { publishHome } from '../events/home-opened.ts';

/** Checks one environment from the home tab and draws the tab again. */
export const homeCheck: Action = {
  id: HOME_CHECK,

  async run(environment, { actor, place, services, touch, userId, deps }) {
    const selection = services.inventory.select({ actor, place, permission: 'host.read', environment });
    touch({ customer: selection.customer, environment: selection.environment.name });
    await services.hosts.check(selection, () => {});
    await publishHome(actor, userId, deps);
  },
};
