import { type HoldTimes, type MonitoringSettings, SIGNALS, type Signal } from '../domain/inventory.ts';
import type { MonitoringSection } from './monitoring-section.ts';
import { STARTING_HOLDS } from './starting-holds.ts';

const STARTING_MONITORING: MonitoringSettings = {
  everyMs: 60_000,
  tellCustomer: false,
  holds: STARTING_HOLDS,
  runbooks: {},
  notices: [],
};

/**
 * @param sections From the widest to the nearest; the nearest that says something counts, for each setting by itself.
 * @returns `undefined`: nobody watches it, because the nearest section says `off`.
 */
export function mergeMonitoring(sections: readonly (MonitoringSection | undefined)[]): MonitoringSettings | undefined {
  const given = sections.filter((section) => section !== undefined);
  return given.at(-1)?.off === true ? undefined : given.reduce(override, STARTING_MONITORING);
}

function override(wider: MonitoringSettings, section: MonitoringSection): MonitoringSettings {
  return {
    ...wider,
    everyMs: section.every ?? wider.everyMs,
    tellCustomer: section.tell_customer ?? wider.tellCustomer,
    holds: overrideHolds(wider.holds, section.holds),
    runbooks: { ...wider.runbooks, ...(section.runbooks as MonitoringSettings['runbooks'] | undefined) },
  };
}

function overrideHolds(wider: MonitoringSettings['holds'], holds: MonitoringSection['holds']) {
  const merged = SIGNALS.map((signal): [Signal, HoldTimes] => {
    const { warning, critical, clear } = holds?.[signal] ?? {};
    const { warningMs, criticalMs, clearMs } = wider[signal];
    return [signal, { warningMs: warning ?? warningMs, criticalMs: critical ?? criticalMs, clearMs: clear ?? clearMs }];
  });
  return Object.fromEntries(merged) as Record<Signal, HoldTimes>;
}
