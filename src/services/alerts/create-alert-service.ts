import { type CustomerScope, covers } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment, MonitoringSettings } from '../../domain/inventory.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { Maintenances } from '../rollouts/ports.ts';
import { acknowledgeGroup } from './acknowledge-group.ts';
import { advance } from './advance.ts';
import type { AlertService } from './alert-service.ts';
import { createBoardChange } from './change-board.ts';
import { findGroup, groupsOfTime, openGroups } from './find-groups.ts';
import { hearAlerts } from './hear-alerts.ts';
import { judgeRound } from './judge-round.ts';
import { createSilencing } from './silencing.ts';
import { createTeller, type TellerDeps } from './tell-groups.ts';
import { beginTest } from './test-alert.ts';

export interface AlertServiceDeps extends TellerDeps {
  readonly maintenances: Pick<Maintenances, 'active'>;
  readonly audit: Pick<AuditLog, 'append'>;
}

export function createAlertService(deps: AlertServiceDeps): AlertService {
  const { store, silences, clock } = deps;
  const teller = createTeller(deps);
  const change = createBoardChange({ ...deps, teller });

  /** After a silence has begun or ended. */
  async function refresh({ customer, environment: name }: { customer: string; environment: string }): Promise<void> {
    const environments = deps.customers().find(({ id }) => id === customer)?.environments;
    const environment = environments?.find((one) => one.name === name);
    if (environment !== undefined) {
      await change(environment, ({ alerts }) => ({ alerts }));
    }
  }

  return {
    async observe(environment, seen) {
      const { monitoring: settings } = environment;
      if (settings !== undefined) {
        await change(environment, (board, now) => {
          return { alerts: judgeRound(board, seen, { environment, settings, now }) };
        });
      }
    },
    async receive(environment, incoming) {
      const { holds } = watched(environment);
      let changed = 0;
      await change(environment, (board, now) => {
        const heard = hearAlerts(board, incoming, { now, hold: holds.external });
        changed = heard.changed;
        return heard.board;
      });
      return changed;
    },
    async judge(environment, readings) {
      const { monitoring: settings } = environment;
      if (settings !== undefined && readings.length > 0) {
        const { hosts } = environment;
        const round = { readings, holds: settings.holds, hosts, maxGapMs: Number.POSITIVE_INFINITY };
        await change(environment, ({ alerts }, now) => ({ alerts: advance(alerts, { ...round, now }) }));
      }
    },
    history: (customers, filter) => groupsOfTime(deps, customers, filter),
    open: (customers, environment) => openGroups(deps, customers, environment),
    async find(id, customers) {
      const group = await findGroup(store, id);
      return group && covers(customers, group.customer) ? teller.facts(group) : undefined;
    },
    acknowledge: (id, actor) => acknowledgeGroup(id, actor, { ...deps, teller }),
    async silences(customers: CustomerScope, environment?: string) {
      const active = await silences.active(clock.now());
      return active.filter(
        (one) => covers(customers, one.customer) && (environment ?? one.environment) === one.environment,
      );
    },
    ...createSilencing({ ...deps, refresh }),
    async test(environment, actor) {
      await change(environment, ({ alerts }, now) => ({ alerts: beginTest(alerts, { environment, actor, now }) }));
    },
  };
}

function watched({ monitoring, customer, name }: Environment): MonitoringSettings {
  if (monitoring === undefined) {
    throw new UserError(`Nobody watches ${customer}/${name}, so it takes no alerts.`, {
      hint: 'Only production is monitored, where the configuration says so. Send alerts of what is.',
    });
  }
  return monitoring;
}
