import { createPrometheusSource } from './adapters/prometheus/prometheus-source.ts';
import { createAlertStore } from './adapters/store/alert-boards.ts';
import { createHostReportStore } from './adapters/store/host-report-store.ts';
import { createLeases } from './adapters/store/leases.ts';
import { createMaintenances } from './adapters/store/maintenances.ts';
import { createSampleChecks } from './adapters/store/sample-checks.ts';
import { createPastMaintenances } from './adapters/store/sample-maintenances.ts';
import { createSampleSeries } from './adapters/store/sample-series.ts';
import { createSampleStore } from './adapters/store/samples.ts';
import { createSilenceStore } from './adapters/store/silences.ts';
import type { BotMetrics } from './domain/bot-metrics.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import type { AlertService } from './services/alerts/alert-service.ts';
import { createAlertService } from './services/alerts/create-alert-service.ts';
import type { AlertNotices } from './services/alerts/ports.ts';
import { checkHost, HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createMetricsService } from './services/metrics/create-metrics-service.ts';
import type { MetricsService } from './services/metrics/metrics-service.ts';
import { createMonitor, type Monitor } from './services/monitoring/monitor.ts';
import { alertWords } from './views/alert-words.ts';

export function wireAlerts(
  outside: Outside,
  { audit, notices }: Pick<Services, 'audit'> & { readonly notices: AlertNotices },
): AlertService {
  const { store, outbox, clock, config } = outside;
  return createAlertService({
    store: createAlertStore(store),
    silences: createSilenceStore(store),
    maintenances: createMaintenances(store),
    words: alertWords,
    customers: () => config.current().inventory.customers,
    ...{ outbox, clock, audit, notices },
  });
}

export function wireMetrics({ store, secrets, clock }: Outside): MetricsService {
  return createMetricsService({
    store: createSampleSeries(store),
    prometheus: createPrometheusSource({ secrets }),
    checks: createSampleChecks(store),
    maintenances: createPastMaintenances(store),
    clock,
  });
}

/** Watches production, in one replica at a time. */
export function wireMonitor(outside: Outside, { alerts }: Pick<Services, 'alerts'>, metrics: BotMetrics): Monitor {
  const { store, replicas, config, executor, clock, logger } = outside;
  const reports = createHostReportStore(store);
  const deps = { executor, clock, logger, limits: HOST_CHECK_LIMITS };
  return createMonitor({
    leadership: createLeases({ store, owner: replicas.id, clock, logger }),
    environments: () => config.current().inventory.customers.flatMap(({ environments }) => environments),
    check: ({ accessPath }, host) => checkHost(host, accessPath, deps),
    observe(environment, seen) {
      metrics.checksDone({ done: seen.reports.length, late: seen.missing.length });
      return alerts.observe(environment, seen);
    },
    saveReport: ({ customer, name }, report) => reports.save({ customer, environment: name }, report),
    samples: createSampleStore(store),
    ...{ clock, logger },
  });
}
