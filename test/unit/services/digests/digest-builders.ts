import type { Customer } from '../../../../src/domain/inventory.ts';
import type { Digest } from '../../../../src/services/digests/digest.ts';
import { aReport, NOW } from '../../../support/builders.ts';
import { anEnvironment } from '../../../support/world.ts';

export const DAY = 86_400_000;
export const MONITORING = { everyMs: 60_000, tellCustomer: true, holds: {} as never, runbooks: {}, notices: [] };

export function earlier(ms: number): Date {
  return new Date(NOW.getTime() - ms);
}

export function inDays(days: number): Date {
  return new Date(NOW.getTime() + days * DAY);
}

export function aDigestCustomer(overrides: Partial<Customer> = {}): Customer {
  return {
    ...{ id: 'acme', name: 'Acme Bank' },
    channels: [
      { channelId: 'C0ACMEOPS', kind: 'ops' },
      { channelId: 'C0OPSALL', kind: 'ops' },
      { channelId: 'C0ACMESHARED', kind: 'shared' },
    ],
    environments: [anEnvironment('acme', 'prod', ['apim-1', 'mi-1']), anEnvironment('acme', 'dev', ['dev-1'])],
    digests: {
      timeZone: 'Europe/Zurich',
      daily: { hour: 8, minute: 0 },
      weekly: { weekday: 'mon', hour: 9, minute: 30 },
    },
    ...overrides,
  };
}

/** Of an environment of two hosts on which nothing is wrong and nothing happens. */
export function aDigest(overrides: Partial<Digest> = {}): Digest {
  return {
    ...{ kind: 'daily', customerName: 'Acme Bank', timeZone: 'Europe/Zurich' },
    environment: { ...anEnvironment('acme', 'prod', ['apim-1', 'mi-1']), monitoring: MONITORING },
    ...{ from: earlier(DAY), until: NOW },
    reports: [aReport('apim-1'), aReport('mi-1')],
    availability: [
      { host: 'apim-1', share: 1, checks: 1440 },
      { host: 'mi-1', share: 1, checks: 1440 },
    ],
    ...{ alerts: [], disks: [], patches: [], certificates: [], uncertified: [] },
    ...{ approvals: [], reviews: [], done: [], planned: [] },
    ...overrides,
  };
}
