import type { NoticeFacts } from '../../../../src/services/deliveries/notice-ports.ts';
import { NOW } from '../../../support/builders.ts';
import { aGroup } from '../alert-builders.ts';
import { ago } from '../rollout-builders.ts';

/** A disk on two hosts has begun to fill. */
export function noticeFacts(overrides: Partial<NoticeFacts> = {}): NoticeFacts {
  const group = aGroup();
  return {
    ...{ step: 'begin', group, alerts: group.alerts, severity: 'critical', now: NOW, isLate: false },
    ...{ customerName: 'Acme Bank', timeZone: 'Europe/Zurich' },
    rule: {
      ...{ kind: 'email', to: ['oncall@acme.example'], severities: ['warning', 'critical'], when: 'always' },
      owner: 'operations',
    },
    ...overrides,
  };
}

/** The same when it is over. */
export function overFacts(overrides: Partial<NoticeFacts> = {}): NoticeFacts {
  const [alert] = aGroup().alerts;
  const ended = [{ host: 'mi-2', subject: '/var', at: NOW }];
  return noticeFacts({
    ...{ step: 'end', group: aGroup({ alerts: [], endedAt: NOW, begunAt: ago(12), ended }), alerts: [] },
    change: { fired: [], worsened: [], ended: alert === undefined ? [] : [alert] },
    ...overrides,
  });
}
