import type { Alert, AlertGroup, Silence } from '../../../src/services/alerts/alert.ts';
import type { AlertGroupFacts } from '../../../src/services/alerts/ports.ts';
import { NOW } from '../../support/builders.ts';
import { ago, CAROL, EVIL } from './rollout-builders.ts';

export const BOB = { id: 'T0MERIDIAN:U0BOB', accounts: ['T0MERIDIAN:U0BOB'], name: 'Bob Tanaka' } as const;

export function anAlert(host: string, overrides: Partial<Alert> = {}): Alert {
  return {
    ...{ host, signal: 'disk', subject: '/var', state: 'firing', severity: 'critical' },
    ...{ text: '/var 93 % full (critical from 90 %)', since: ago(12), firedAt: ago(12) },
    ...overrides,
  };
}

/** A disk on two hosts. */
export function aGroup(overrides: Partial<AlertGroup> = {}): AlertGroup {
  return {
    ...{ id: '7kq2m9xd', customer: 'acme', environment: 'prod', signal: 'disk', begunAt: ago(12), told: 0 },
    alerts: [anAlert('mi-2'), anAlert('db-1', { severity: 'warning', text: '/ 85 % full (warning from 85 %)' })],
    ended: [],
    ...overrides,
  };
}

export function aSilence(overrides: Partial<Silence> = {}): Silence {
  return {
    ...{ id: 's7kq2m9x', customer: 'acme', environment: 'prod', host: 'mi-2', signal: 'disk', by: CAROL },
    ...{ reason: 'archive job runs until noon', from: ago(5), until: ago(-240) },
    ...overrides,
  };
}

export function groupFacts(group: Partial<AlertGroup> = {}, overrides: Partial<AlertGroupFacts> = {}): AlertGroupFacts {
  return {
    ...{
      group: aGroup(group),
      now: NOW,
      customerName: 'Acme Bank',
      timeZone: 'Europe/Zurich',
      silences: [],
      isOps: true,
    },
    ...overrides,
  };
}

/** 200 hosts, and everything as long and as hostile as it gets. */
export function extremeGroup(overrides: Partial<AlertGroupFacts> = {}): AlertGroupFacts {
  const names = Array.from({ length: 200 }, (_, index) => `${'h'.repeat(index % 7 === 0 ? 2_000 : 20)}-${index}`);
  const severities = ['critical', 'warning', 'unknown'] as const;
  const alerts = names.map((host, index) =>
    anAlert(host, {
      ...{ subject: EVIL, text: EVIL, severity: severities[index % 3]! },
      ...{ state: index % 2 ? 'firing' : 'clearing', suppressed: index % 5 ? undefined : EVIL },
    }),
  );
  const person = { ...BOB, name: EVIL };
  const group = aGroup({
    alerts,
    ended: names.slice(0, 20).map((host) => ({ host, subject: EVIL, at: ago(1) })),
    acknowledged: { by: person, at: ago(1) },
  });
  const silences = names.map((host) => aSilence({ host, by: person, reason: EVIL }));
  return { ...groupFacts({}, { group, silences, runbook: `https://evil|${EVIL}` }), ...overrides };
}
