import type { Clock } from '../../domain/clock.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Maintenances } from '../rollouts/ports.ts';
import type { AlertBoard, AlertStore, SilenceStore } from './ports.ts';
import { regroup } from './regroup.ts';
import { suppress } from './suppress.ts';
import type { Teller } from './tell-groups.ts';

export interface BoardChangeDeps {
  readonly store: AlertStore;
  readonly silences: SilenceStore;
  readonly maintenances: Pick<Maintenances, 'active'>;
  readonly clock: Clock;
  readonly teller: Teller;
}

/** Changes the alerts of an environment, says anew who is told, and tells. Saved before it is told. */
export type BoardChange = (environment: Environment, next: NextAlerts) => Promise<void>;

type NextAlerts = (board: AlertBoard, now: Date) => Pick<AlertBoard, 'alerts' | 'resolved'>;

export function createBoardChange({ store, silences, maintenances, clock, teller }: BoardChangeDeps): BoardChange {
  return async (environment, next) => {
    const { customer, name } = environment;
    const now = clock.now();
    const isHere = (one: { customer: string; environment: string }) =>
      one.customer === customer && one.environment === name;
    const quiet = {
      maintenances: (await maintenances.active()).filter(isHere),
      silences: (await silences.active(now)).filter(isHere),
    };
    const step = (found: AlertBoard): AlertBoard => {
      const changed = next(found, now);
      return regroup({ ...found, ...changed, alerts: suppress(changed.alerts, quiet) }, { environment, now });
    };
    await teller.tell(await store.update(customer, name, step), environment);
  };
}
