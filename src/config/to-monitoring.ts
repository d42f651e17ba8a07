import { type HoldTimes, type Host, type MonitoringSettings, SIGNALS, type Signal } from '../domain/inventory.ts';
import { toMetricSource } from './metric-source-section.ts';
import type { HoldsSection, MonitoringSection } from './monitoring-section.ts';
import { toNotices } from './notices-section.ts';
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
    everyMs: section.every ?? wider.everyMs,
    tellCustomer: section.tell_customer ?? wider.tellCustomer,
    holds: overrideHolds(wider.holds, section.holds),
    notices: section.notices === undefined ? wider.notices : toNotices(section.notices),
    metricSource: section.metrics === undefined ? wider.metricSource : toMetricSource(section.metrics),
    runbooks: { ...wider.runbooks, ...(section.runbooks as MonitoringSettings['runbooks'] | undefined) },
  };
}

function overrideHolds(wider: MonitoringSettings['holds'], holds: HoldsSection | undefined) {
  const merged = SIGNALS.map((signal): [Signal, HoldTimes] => {
    const { warning, critical, clear } = holds?.[signal] ?? {};
    const { warningMs, criticalMs, clearMs } = wider[signal];
    return [signal, { warningMs: warning ?? warningMs, criticalMs: critical ?? criticalMs, clearMs: clear ?? clearMs }];
  });
  return Object.fromEntries(merged) as Record<Signal, HoldTimes>;
}

/**
 * @param sections Of a host's role and of the host, the nearest last.
 * @returns those signals that they say something of; `undefined` when there is none.
 */
export function holdsOfHost(
  environment: MonitoringSettings['holds'] | undefined,
  sections: readonly (HoldsSection | undefined)[],
): Host['holds'] {
  const named = SIGNALS.filter((signal) => sections.some((section) => section?.[signal] !== undefined));
  if (environment === undefined || named.length === 0) {
    return undefined;
  }
  const merged = sections.reduce(overrideHolds, environment);
  return Object.fromEntries(named.map((signal) => [signal, merged[signal]]));
}
