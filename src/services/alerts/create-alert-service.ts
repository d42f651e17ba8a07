import type { CustomerScope } from '../../domain/actor.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { Maintenances } from '../rollouts/ports.ts';
import { acknowledgeGroup } from './acknowledge-group.ts';
import type { Alert } from './alert.ts';
import type { AlertService } from './alert-service.ts';
import { findGroup, openGroups, reaches } from './find-groups.ts';
import { judgeRound } from './judge-round.ts';
import type { AlertBoard } from './ports.ts';
import { regroup } from './regroup.ts';
import { createSilencing } from './silencing.ts';
import { suppress } from './suppress.ts';
import { createTeller, type TellerDeps } from './tell-groups.ts';
import { beginTest } from './test-alert.ts';

export interface AlertServiceDeps extends TellerDeps {
  readonly maintenances: Pick<Maintenances, 'active'>;
  readonly audit: Pick<AuditLog, 'append'>;
}

export function createAlertService(deps: AlertServiceDeps): AlertService {
  const { store, silences, maintenances, clock } = deps;
  const teller = createTeller(deps);

  /** Changes the alerts of an environment, says anew who is told, and tells. */
  async function change(environment: Environment, next: (board: AlertBoard, now: Date) => readonly Alert[]) {
    const { customer, name } = environment;
    const now = clock.now();
    const isHere = (one: { customer: string; environment: string }) =>
      one.customer === customer && one.environment === name;
    const quiet = {
      maintenances: (await maintenances.active()).filter(isHere),
      silences: (await silences.active(now)).filter(isHere),
    };
    const step = (found: AlertBoard): AlertBoard =>
      regroup({ ...found, alerts: suppress(next(found, now), quiet) }, { environment, now });
    await teller.tell(await store.update(customer, name, step), environment);
  }

  /** After a silence has begun or ended. */
  async function refresh({ customer, environment: name }: { customer: string; environment: string }): Promise<void> {
    const environments = deps.customers().find(({ id }) => id === customer)?.environments;
    const environment = environments?.find((one) => one.name === name);
    if (environment !== undefined) {
      await change(environment, ({ alerts }) => alerts);
    }
  }

  return {
    async observe(environment, seen) {
      const { monitoring: settings } = environment;
      if (settings !== undefined) {
        await change(environment, (board, now) => judgeRound(board, seen, { environment, settings, now }));
      }
    },
    open: (customers, environment) => openGroups(deps, customers, environment),
    async find(id, customers) {
      const group = await findGroup(store, id);
      return group && reaches(customers, group.customer) ? teller.facts(group) : undefined;
    },
    acknowledge: (id, actor) => acknowledgeGroup(id, actor, { ...deps, teller }),
    async silences(customers: CustomerScope, environment?: string) {
      const active = await silences.active(clock.now());
      return active.filter(
        (one) => reaches(customers, one.customer) && (environment ?? one.environment) === one.environment,
      );
    },
    ...createSilencing({ ...deps, refresh }),
    async test(environment, actor) {
      await change(environment, ({ alerts }, now) => beginTest(alerts, { environment, actor, now }));
    },
  };
}
