import { createAlertStore } from './adapters/store/alert-boards.ts';
import { createHostReportStore } from './adapters/store/host-report-store.ts';
import { createLeases } from './adapters/store/leases.ts';
import { createMaintenances } from './adapters/store/maintenances.ts';
import { createSampleStore } from './adapters/store/samples.ts';
import { createSilenceStore } from './adapters/store/silences.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import type { AlertService } from './services/alerts/alert-service.ts';
import { createAlertService } from './services/alerts/create-alert-service.ts';
import { checkHost, HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createMonitor, type Monitor } from './services/monitoring/monitor.ts';
import { alertWords } from './views/alert-words.ts';

export function wireAlerts(outside: Outside, { audit }: Pick<Services, 'audit'>): AlertService {
  const { store, outbox, clock, config } = outside;
  return createAlertService({
    store: createAlertStore(store),
    silences: createSilenceStore(store),
    maintenances: createMaintenances(store),
    words: alertWords,
    customers: () => config.current().inventory.customers,
    ...{ outbox, clock, audit },
  });
}

/** Watches production, in one replica at a time. */
export function wireMonitor(outside: Outside, { alerts }: Pick<Services, 'alerts'>): Monitor {
  const { store, replicas, config, executor, clock, logger } = outside;
  const reports = createHostReportStore(store);
  const deps = { executor, clock, logger, limits: HOST_CHECK_LIMITS };
  return createMonitor({
    leadership: createLeases({ store, owner: replicas.id, clock, logger }),
    environments: () => config.current().inventory.customers.flatMap(({ environments }) => environments),
    check: ({ accessPath }, host) => checkHost(host, accessPath, deps),
    observe: alerts.observe,
    saveReport: ({ customer, name }, report) => reports.save({ customer, environment: name }, report),
    samples: createSampleStore(store),
    ...{ clock, logger },
  });
}
