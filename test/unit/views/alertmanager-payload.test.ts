import { describe, expect, it } from 'vitest';
import { alertmanagerPayload } from '../../../src/views/alertmanager-payload.ts';
import { NOW } from '../../support/builders.ts';
import { aGroup, anAlert } from './alert-builders.ts';
import { noticeFacts, overFacts } from './mail/notice-facts.ts';
import { ago } from './rollout-builders.ts';

const rule = { ...noticeFacts().rule, kind: 'webhook', to: ['pager'] } as const;

describe('alertmanagerPayload', () => {
  it('has all that Alertmanager says of a group that fires', () => {
    const payload = alertmanagerPayload(noticeFacts({ rule, runbook: 'https://wiki.test/disk' }));
    expect(payload).toMatchObject({
      ...{ version: '4', groupKey: 'msops:7kq2m9xd', truncatedAlerts: 0, status: 'firing', receiver: 'pager' },
      groupLabels: { alertname: 'disk', customer: 'acme', environment: 'prod' },
      commonLabels: { alertname: 'disk', customer: 'acme', environment: 'prod', signal: 'disk', owner: 'operations' },
      commonAnnotations: { incident: '7kq2m9xd', runbook_url: 'https://wiki.test/disk' },
    });
    expect(payload.alerts).toMatchObject([
      {
        ...{ status: 'firing', startsAt: ago(12).toISOString(), endsAt: '0001-01-01T00:00:00Z' },
        labels: { host: 'mi-2', instance: 'mi-2', severity: 'critical', subject: '/var' },
        annotations: { description: '/var 93 % full (critical from 90 %)' },
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      { labels: { host: 'db-1', severity: 'warning' } },
    ]);
    expect(payload.commonLabels).not.toHaveProperty('severity');
  });

  it('calls an alert the same when it gets worse and when it ends', () => {
    const warning = [anAlert('mi-2', { severity: 'warning' })];
    const payloads = [noticeFacts({ rule, alerts: warning }), noticeFacts({ rule }), overFacts({ rule })];
    const [begun, worse, over] = payloads.map((facts) => alertmanagerPayload(facts).alerts[0]);
    expect(worse?.fingerprint).toBe(begun?.fingerprint);
    expect(over).toMatchObject({ status: 'resolved', fingerprint: begun?.fingerprint, endsAt: NOW.toISOString() });
    expect(over?.startsAt).toBe(ago(12).toISOString());
  });

  it('has those that have ended among those that fire', () => {
    const group = aGroup({ ended: [{ host: 'gw-1', subject: '/', at: NOW }] });
    const { status, alerts } = alertmanagerPayload(noticeFacts({ rule, group }));
    expect(status).toBe('firing');
    expect(alerts.map((alert) => alert.status)).toEqual(['firing', 'firing', 'resolved']);
  });

  it('cuts long lists, and says by how much', () => {
    const alerts = Array.from({ length: 120 }, (_, index) => anAlert(`h-${index}`));
    const payload = alertmanagerPayload(noticeFacts({ rule, alerts }));
    expect(payload.alerts).toHaveLength(100);
    expect(payload.truncatedAlerts).toBe(20);
  });

  it('marks what is made up, and names nobody who did', () => {
    const group = aGroup({ isTest: true });
    const alerts = [anAlert('test', { isTest: true, text: 'TEST by Alice' })];
    const payload = alertmanagerPayload(noticeFacts({ rule, group, alerts }));
    expect(payload.alerts[0]?.labels).toMatchObject({ test: 'true' });
    expect(JSON.stringify(payload)).not.toContain('Alice');
  });
});
