import type { HostReport } from '../../../../src/domain/host-report.ts';
import {
  type Customer,
  type Environment,
  type HoldTimes,
  SIGNALS,
  type Signal,
} from '../../../../src/domain/inventory.ts';
import type { AlertGroup } from '../../../../src/services/alerts/alert.ts';
import type { AlertService } from '../../../../src/services/alerts/alert-service.ts';
import { type AlertServiceDeps, createAlertService } from '../../../../src/services/alerts/create-alert-service.ts';
import type { AlertWords } from '../../../../src/services/alerts/ports.ts';
import type { AuditEvent } from '../../../../src/services/audit/ports.ts';
import type { OutgoingMessage } from '../../../../src/services/notifications/ports.ts';
import type { Maintenance } from '../../../../src/services/rollouts/ports.ts';
import { aProduct, aReport, aSample } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { aHost, anEndpoint, anEnvironment } from '../../../support/world.ts';
import { createMemoryAlertStore, createMemorySilenceStore } from './memory-alert-store.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOLD: HoldTimes = { warningMs: 5 * MINUTE, criticalMs: 2 * MINUTE, clearMs: MINUTE };
export const HOLDS = Object.fromEntries(SIGNALS.map((signal) => [signal, HOLD])) as Record<Signal, HoldTimes>;

export function aWatched(hosts: readonly string[], overrides: Partial<Environment> = {}): Environment {
  return {
    ...anEnvironment('acme', 'prod', []),
    hosts: hosts.map((host) => aHost(host, { products: [aProduct()] })),
    accessPath: { bastions: [anEndpoint('bastion-1')], allowedSources: [] },
    monitoring: {
      everyMs: MINUTE,
      tellCustomer: false,
      holds: HOLDS,
      runbooks: { disk: 'https://wiki.test/disk' },
      notices: [],
    },
    ...overrides,
  };
}

/** A report whose root filesystem is so full. */
export function aDisk(host: string, usedPercent: number): HostReport {
  const disk = { mount: '/', usedPercent, inodesUsedPercent: 5, totalBytes: 1e11, readOnly: false };
  return aReport(host, { sample: aSample({ filesystems: [disk] }) });
}

export interface AlertWorld {
  readonly alerts: AlertService;
  readonly deps: AlertServiceDeps;
  readonly environment: Environment;
  readonly clock: ReturnType<typeof createFixedClock>;
  readonly puts: OutgoingMessage[];
  readonly audit: AuditEvent[];
  readonly maintenances: Maintenance[];
  /** One round now. */
  observe(...reports: readonly HostReport[]): Promise<void>;
  /** A round each minute, the first one now. */
  keepObserving(minutes: number, reports: () => readonly HostReport[]): Promise<void>;
  /** The last text by key. */
  shown(): Record<string, string>;
}

/** Says all that matters, in one line. */
const PLAIN: AlertWords = {
  group({ group, isOps, silences }) {
    const alerts = group.alerts.map(
      ({ host, severity, suppressed }) => `${host} ${severity}${suppressed ? ' quiet' : ''}`,
    );
    const more = [
      group.acknowledged && 'taken',
      group.endedAt && 'over',
      isOps && 'ops',
      silences.length > 0 && 'silence',
    ];
    return { text: [group.signal, ...alerts, ...more.filter(Boolean)].join(', ') };
  },
  change(_group, { fired, worsened, ended }) {
    const names = (alerts: readonly { host: string }[]): string => alerts.map(({ host }) => host).join(' ');
    return { text: `fired: ${names(fired)}; worsened: ${names(worsened)}; ended: ${names(ended)}` };
  },
};

export function anAlertWorld(
  hosts: readonly string[],
  { environment = aWatched(hosts), ...given }: Partial<AlertServiceDeps> & { environment?: Environment } = {},
): AlertWorld {
  const clock = createFixedClock();
  const puts: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const maintenances: Maintenance[] = [];
  const customer: Customer = {
    ...{ id: 'acme', name: 'Acme Bank', environments: [environment] },
    channels: [
      { channelId: 'C0OPS', kind: 'ops' },
      { channelId: 'C0SHARED', kind: 'shared' },
    ],
  };
  const deps: AlertServiceDeps = {
    store: createMemoryAlertStore(),
    silences: createMemorySilenceStore(),
    maintenances: { active: async () => maintenances },
    outbox: { put: async (outgoing) => void puts.push(outgoing) },
    words: PLAIN,
    notices: { tell: async () => {} },
    clock,
    audit: { append: async (event) => void audit.push(event) },
    customers: () => [customer],
    ...given,
  };
  const alerts = createAlertService(deps);
  const observe = (...reports: readonly HostReport[]) => alerts.observe(environment, { reports, missing: [] });
  return {
    ...{ alerts, deps, environment, clock, puts, audit, maintenances, observe },
    async keepObserving(minutes, reports) {
      for (let minute = 0; minute < minutes; minute += 1) {
        await observe(...reports());
        clock.advance(MINUTE);
      }
    },
    shown: () => Object.fromEntries(puts.map(({ key, message }) => [key, message.text])),
  };
}

/** The worst that goes on. */
export async function theGroup({ alerts }: AlertWorld): Promise<AlertGroup> {
  return (await alerts.open('all'))[0]!;
}
