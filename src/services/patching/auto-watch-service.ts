import type { Customer, Environment } from '../../domain/inventory.ts';
import type { PatchService } from './patch-service.ts';
import { type AutoTrouble, type AutoWatch, watchAuto } from './watch-auto.ts';

/** What people are told of one environment. */
export interface AutoAlert {
  readonly customer: string;
  readonly environment: string;
  /** Ops channels of the customer. */
  readonly channelIds: readonly string[];
  /** ISO time at which it began: the same message until it is over. */
  readonly begun: string;
  /** Empty: it is over. */
  readonly troubles: readonly AutoTrouble[];
  readonly recovered: readonly string[];
  /** Time of the check. */
  readonly now: Date;
}

/** Tells people, by one message a channel that is edited while it goes on. May be told the same twice. */
export interface AutoAlerts {
  show(alert: AutoAlert): Promise<void>;
}

/** Remembers what was told, by `customer/environment`. A Keyv will do. */
export interface AutoWatchMemory {
  get(environment: string): Promise<AutoWatch | undefined>;
  set(environment: string, watch: AutoWatch): Promise<unknown>;
}

export interface AutoWatchDeps {
  readonly patching: Pick<PatchService, 'auto'>;
  readonly memory: AutoWatchMemory;
  readonly alerts: AutoAlerts;
}

/** Watches whether hosts keep installing security updates by themselves. */
export interface AutoWatchService {
  /** Safe to call again for the same slot. */
  check(customer: Customer, environment: Environment, slot: Date): Promise<void>;
}

export function createAutoWatchService({ patching, memory, alerts }: AutoWatchDeps): AutoWatchService {
  return {
    async check({ id, channels }, environment, slot) {
      const key = `${id}/${environment.name}`;
      const before = await memory.get(key);
      if (before?.slot === slot.toISOString()) {
        return;
      }
      const reports = await patching.auto({ environment, hosts: environment.hosts }, () => undefined);
      const watch = watchAuto(before, reports, slot);
      if (watch.begun !== undefined) {
        const channelIds = channels.filter(({ kind }) => kind === 'ops').map(({ channelId }) => channelId);
        const { begun, troubles, recovered } = watch;
        await alerts.show({
          ...{ customer: id, environment: environment.name, channelIds, begun, troubles, recovered },
          now: slot,
        });
      }
      // Remembered after it was told: told twice edits the same message, told never would be silence.
      await memory.set(key, watch);
    },
  };
}
