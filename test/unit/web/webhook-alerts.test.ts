import { describe, expect, it } from 'vitest';
import { alertmanagerPayload } from '../../../src/views/alertmanager-payload.ts';
import { WebhookBody } from '../../../src/web/webhook-body.ts';
import { readDelivery } from '../../../src/web/webhook-delivery.ts';
import { NOW } from '../../support/builders.ts';
import { aGroup, anAlert as anOwnAlert, groupFacts } from '../views/alert-builders.ts';
import { ACME, anAlert } from './webhook-world.ts';

const deliver = (body: unknown) =>
  readDelivery(WebhookBody.parse(body), { customer: ACME, asked: undefined, now: NOW });
const incoming = (overrides: Record<string, unknown> = {}) =>
  deliver({ alerts: [anAlert(overrides)] }).parts[0]?.alerts[0];
const labeled = (labels: Record<string, unknown>) => incoming({ labels: { alertname: 'A', ...labels } });

describe('an alert of Alertmanager', () => {
  it('is said in our words', () => {
    expect(
      incoming({ annotations: { summary: ' 5 %\n of requests fail ', runbook_url: 'https://wiki.acme.example/r' } }),
    ).toEqual({
      ...{
        fingerprint: 'f1',
        title: 'HighErrorRate',
        host: 'mi-1',
        severity: 'critical',
        text: '5 % of requests fail',
      },
      ...{ state: 'firing', startsAt: new Date('2026-03-01T02:00:00Z'), owner: undefined },
      links: { source: 'https://prometheus.acme.example/graph', runbook: 'https://wiki.acme.example/r' },
    });
  });

  it.each([
    ...['critical', 'page', 'Disaster', 'error', 'high'].map((word) => [word, 'critical'] as const),
    ...['warning', 'warn', 'medium', 'average', 'minor', 'whatever', ''].map((word) => [word, 'warning'] as const),
  ])('of severity %j is %s', (word, severity) => {
    expect(labeled({ severity: word })?.severity).toBe(severity);
  });

  it.each(['info', 'none', 'INFO'])('of severity %s is dropped, but its end is heard', (severity) => {
    const delivery = deliver({ alerts: [anAlert({ labels: { alertname: 'A', severity } })] });
    expect([delivery.dropped, delivery.parts[0]?.alerts]).toEqual([1, []]);
    expect(incoming({ status: 'resolved', labels: { alertname: 'A', severity } })?.state).toBe('resolved');
  });

  it.each([
    { labels: { instance: 'MI-1:9100' }, host: 'mi-1' },
    { labels: { instance: 'https://mi-1.acme.example:9443/health' }, host: 'mi-1' },
    { labels: { instance: '10.0.0.9:9100', nodename: 'apim-1' }, host: 'apim-1' },
    { labels: { instance: 'mi-11:9100' }, host: 'mi-11' },
    { labels: { instance: '[2001:db8::7]:9100' }, host: '2001:db8::7' },
    { labels: { hostname: 'db-1' }, host: 'db-1' },
    { labels: {}, host: '' },
  ])('with $labels is of the host "$host"', ({ labels, host }) => {
    expect(labeled(labels)?.host).toBe(host);
  });

  it('is of the customer when its label says so', () => {
    expect(labeled({ owner: 'customer' })?.owner).toBe('customer');
    expect(labeled({ owner: 'wso2' })?.owner).toBeUndefined();
  });

  it('links to nothing but https', () => {
    const annotations = { runbook_url: 'javascript:alert(1)' };
    expect(incoming({ generatorURL: 'http://prometheus:9090/graph', annotations })?.links).toEqual({});
    expect(incoming({ generatorURL: `https://p.example/${'x'.repeat(500)}` })?.links?.source).toBeUndefined();
  });

  it('without much in it is still one', () => {
    const bare = deliver({ alerts: [{ labels: { job: 7, nothing: null } }] }).parts[0]?.alerts[0];
    expect(bare).toMatchObject({ title: 'Alert without a name', text: 'Alert without a name', severity: 'warning' });
    expect(bare).toMatchObject({ state: 'firing', startsAt: NOW, fingerprint: expect.stringMatching(/^[a-z2-9]{8}$/) });
    expect(incoming({ startsAt: 'yesterday' })?.startsAt).toEqual(NOW);
  });

  it('without a status is over when its end is', () => {
    expect(incoming({ status: undefined })?.state).toBe('firing');
    expect(incoming({ status: undefined, endsAt: '2026-03-01T02:30:00Z' })?.state).toBe('resolved');
  });
});

describe('an alert that we have sent ourselves', () => {
  it('does not come back to us', () => {
    const group = aGroup({ alerts: [anOwnAlert('mi-1')] });
    const rule = {
      kind: 'webhook',
      to: ['acme'],
      severities: ['critical'],
      when: 'always',
      owner: 'operations',
    } as const;
    const facts = { ...groupFacts(), group, alerts: group.alerts, rule, isLate: false };
    const body = alertmanagerPayload({ ...facts, step: 'begin', severity: 'critical' });
    expect(body.alerts).toHaveLength(1);
    expect(deliver(body)).toMatchObject({ parts: [{ alerts: [] }], dropped: 1 });
  });
});

describe('alerts that were cut', () => {
  it('are said by the first that fires', () => {
    const alerts = [anAlert({ status: 'resolved' }), anAlert(), anAlert({ fingerprint: 'f2' })];
    const { parts, cut } = deliver({ alerts, truncatedAlerts: 3 });
    expect(cut).toBe(3);
    expect(parts[0]?.alerts.map(({ text }) => text)).toEqual([
      '5 % of requests fail',
      '5 % of requests fail (and 3 more that were cut)',
      '5 % of requests fail',
    ]);
  });

  it('are those above 1,000 too, which nobody looks at', () => {
    const alerts = Array.from({ length: 1_000 }, (_, index) => anAlert({ fingerprint: `f${index}` }));
    const { parts, cut } = deliver({ alerts: [...alerts, 'no alert', 5], truncatedAlerts: 3 });
    expect([parts[0]?.alerts.length, cut]).toEqual([1_000, 5]);
  });
});

describe('an alert of Grafana', () => {
  it('has its values, and its panel as source', () => {
    const grafana = anAlert({
      values: { B: 22.345678, C: 1 },
      valueString: "[ var='B' labels={} value=22.34 ]",
      silenceURL: 'https://grafana.acme.example/alerting/silence/new',
      dashboardURL: 'https://grafana.acme.example/d/1',
      panelURL: 'https://grafana.acme.example/d/1?viewPanel=2',
    });
    const alert = deliver({ orgId: 1, title: '[FIRING:1]', state: 'alerting', alerts: [grafana] }).parts[0]?.alerts[0];
    expect(alert?.text).toBe('5 % of requests fail (B 22.35, C 1)');
    expect(alert?.links?.source).toBe('https://grafana.acme.example/d/1?viewPanel=2');
  });

  it('has its value string where the numbers are missing', () => {
    expect(incoming({ values: null, valueString: '[ value=22 ]' })?.text).toBe('5 % of requests fail ([ value=22 ])');
  });
});
