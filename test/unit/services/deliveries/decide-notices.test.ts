import { describe, expect, it } from 'vitest';
import type { NoticeRule } from '../../../../src/domain/receivers.ts';
import type { Alert, AlertGroup, GroupChange } from '../../../../src/services/alerts/alert.ts';
import type { Telling } from '../../../../src/services/alerts/ports.ts';
import { decideNotices } from '../../../../src/services/deliveries/decide-notices.ts';
import { noticeOccasion } from '../../../../src/services/deliveries/notice-step.ts';
import type { DeliveryRecord } from '../../../../src/services/deliveries/ports.ts';
import { NOW } from '../../../support/builders.ts';
import { aGroup, anAlert } from '../../views/alert-builders.ts';
import { aDelivery } from './delivery-builders.ts';

function aRule(overrides: Partial<NoticeRule> = {}): NoticeRule {
  return {
    ...{ kind: 'email', to: ['oncall@acme.example'], severities: ['critical'], when: 'always', owner: 'operations' },
    ...overrides,
  };
}

const WARNING = anAlert('mi-2', { severity: 'warning' });
const CRITICAL = anAlert('mi-2');
const NOTHING: GroupChange = { fired: [], worsened: [], ended: [] };

const begun = (overrides: Partial<AlertGroup> = {}): Telling => ({
  group: aGroup({ begunAt: NOW, drawnAt: NOW, alerts: [CRITICAL], ...overrides }),
});
const changed = (alerts: readonly Alert[], change: Partial<GroupChange>): Telling => ({
  group: aGroup({ begunAt: NOW, told: 3, alerts }),
  thread: { number: 3, change: { ...NOTHING, ...change } },
});
const over = (): Telling => ({
  group: aGroup({ begunAt: NOW, endedAt: NOW, alerts: [], told: 4 }),
  thread: { number: 4, change: { ...NOTHING, ended: [CRITICAL] } },
});

function decide(telling: Telling, rules: readonly NoticeRule[], records: readonly DeliveryRecord[] = []) {
  const occasion = noticeOccasion(telling)!;
  return decideNotices({ group: telling.group, occasion, rules, records }).map(({ key, rule, isLate, after }) => ({
    ...{ step: key.split(':')[2], to: rule.to.join(), isLate },
    ...(after === undefined ? {} : { after }),
  }));
}

describe('noticeOccasion', () => {
  it('is the begin of a group, with its worst severity', () => {
    expect(noticeOccasion(begun({ alerts: [CRITICAL, WARNING] }))).toMatchObject({
      step: 'begin',
      severity: 'critical',
    });
  });

  it('is nothing for a click, a new number, and what nobody may be told', () => {
    const by = { id: 'T1:U1', accounts: ['T1:U1'], name: 'Bob' } as const;
    expect(noticeOccasion(begun({ acknowledged: { by, at: NOW } }))).toBeUndefined();
    expect(noticeOccasion(begun({ drawnAt: new Date(NOW.getTime() + 60_000) }))).toBeUndefined();
    const quiet = { ...CRITICAL, suppressed: { kind: 'maintenance', text: 'maintenance of rollout r1' } } as const;
    expect(noticeOccasion(begun({ alerts: [quiet] }))).toBeUndefined();
  });

  it.each<[string, readonly Alert[], Partial<GroupChange>, string]>([
    ['an alert gets worse', [CRITICAL], { worsened: [CRITICAL] }, 'worse'],
    ['a worse one comes', [CRITICAL, anAlert('db-1', { severity: 'warning' })], { fired: [CRITICAL] }, 'worse'],
    ['one more is as bad', [CRITICAL, anAlert('db-1')], { fired: [anAlert('db-1')] }, 'changed'],
    ['one takes the place of another', [WARNING], { fired: [WARNING], ended: [anAlert('db-1')] }, 'changed'],
    ['one ends', [WARNING], { ended: [anAlert('db-1')] }, 'changed'],
  ])('says whether the whole is worse when %s', (...[, alerts, change, step]) => {
    expect(noticeOccasion(changed(alerts, change))).toMatchObject({ step, name: `${step}-3` });
  });

  it('is the end, also without a word for the thread', () => {
    expect(noticeOccasion(over())?.step).toBe('end');
    expect(noticeOccasion({ group: over().group })?.step).toBe('end');
  });
});

describe('decideNotices', () => {
  const oncall = aRule();
  const phone = aRule({ kind: 'sms', to: ['+491'], when: 'slack_late' });
  const team = aRule({ to: ['team@acme.example'], severities: ['warning', 'critical'] });
  const pager = aRule({ kind: 'webhook', to: ['pager', 'noc'] });

  it('tells those who asked for it at once, and all others by mail and phone when Slack is late', () => {
    expect(decide(begun({ alerts: [WARNING] }), [oncall, phone, team, pager])).toEqual([
      { step: 'begin', to: 'team@acme.example', isLate: false },
      { step: 'begin', to: 'oncall@acme.example', isLate: true },
      { step: 'begin', to: '+491', isLate: true },
    ]);
  });

  it('gives each webhook a delivery of its own, and all of them another key', () => {
    const found = decideNotices({
      ...{ group: aGroup(), occasion: noticeOccasion(begun())!, rules: [pager, oncall, team, phone], records: [] },
    });
    expect(found.map(({ rule }) => rule.to)).toEqual([
      ['pager'],
      ['noc'],
      ['oncall@acme.example'],
      ['team@acme.example'],
      ['+491'],
    ]);
    expect(new Set(found.map(({ key }) => key)).size).toBe(5);
    expect(found[2]?.key).toMatch(/^alert:7kq2m9xd:begin:\w{8}$/);
  });

  it('tells by signal, but not when Slack is late', () => {
    const heap = aRule({ signals: ['heap'] });
    expect(decide(begun(), [heap])).toEqual([{ step: 'begin', to: 'oncall@acme.example', isLate: true }]);
    expect(decide(begun(), [{ ...heap, kind: 'webhook' }])).toEqual([]);
  });

  it('tells nobody twice of the same step', () => {
    const both = aRule({ to: ['oncall@acme.example', 'boss@acme.example'], severities: ['warning'] });
    expect(decide(begun(), [both, oncall])).toEqual([
      { step: 'begin', to: 'oncall@acme.example', isLate: false },
      { step: 'begin', to: 'boss@acme.example', isLate: true },
    ]);
  });

  it('tells of what is the customer’s those of the customer alone, and of ours only ours', () => {
    const theirs = aRule({ to: ['dana@acme.example'], owner: 'customer' });
    expect(decide(begun({ owner: 'customer' }), [oncall, phone, theirs])).toMatchObject([{ to: 'dana@acme.example' }]);
    expect(decide(begun(), [theirs])).toEqual([]);
  });

  it('sends a test to everybody who is ever told at once', () => {
    const tested = begun({ isTest: true, alerts: [{ ...WARNING, isTest: true }] });
    expect(decide(tested, [oncall, { ...pager, signals: ['heap'] }]).map(({ isLate }) => isLate)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('tells programs of every change, and people only when it gets worse', () => {
    const one = changed([CRITICAL, anAlert('db-1')], { fired: [anAlert('db-1')] });
    const atOnce = decide(one, [oncall, phone, pager]).filter(({ isLate }) => !isLate);
    expect(atOnce.map(({ to }) => to)).toEqual(['pager', 'noc']);
    expect(decide(changed([CRITICAL], { worsened: [CRITICAL] }), [oncall])).toMatchObject([{ step: 'worse-3' }]);
  });

  it('tells people of one more that is as bad when Slack is late, and of one less never', () => {
    const one = changed([CRITICAL, anAlert('db-1')], { fired: [anAlert('db-1')] });
    expect(decide(one, [oncall, phone])).toEqual([
      { step: 'changed-3', to: 'oncall@acme.example', isLate: true },
      { step: 'changed-3', to: '+491', isLate: true },
    ]);
    expect(decide(changed([CRITICAL], { ended: [anAlert('db-1')] }), [oncall, phone])).toEqual([]);
    const quiet = { ...anAlert('db-1'), suppressed: { kind: 'follows', text: 'host is down' } } as const;
    expect(decide(changed([CRITICAL, quiet], { fired: [quiet] }), [oncall, phone])).toEqual([]);
  });

  it('tells the end to those who were told, or still will be, whatever the rules say now', () => {
    const record = (key: string, state: DeliveryRecord['state'], to: string): DeliveryRecord => ({
      delivery: aDelivery({ key, content: { kind: 'sms', to: [to], text: 'x' } }),
      ...{ state, attempts: 1, createdAt: NOW },
    });
    const records = [
      record('alert:7kq2m9xd:begin:r1', 'sent', '+1'),
      record('alert:7kq2m9xd:worse-3:r1', 'waiting', '+1'),
      record('alert:7kq2m9xd:begin:r2', 'waiting', '+2'),
      record('alert:7kq2m9xd:begin:r3', 'not_needed', '+3'),
      record('alert:7kq2m9xd:begin:r4', 'refused', '+4'),
      record('alert:7kq2m9xd:end:r5', 'waiting', '+5'),
    ];
    expect(decide(over(), [], records)).toEqual([
      { step: 'end', to: '+1', isLate: false, after: ['alert:7kq2m9xd:begin:r1', 'alert:7kq2m9xd:worse-3:r1'] },
      { step: 'end', to: '+2', isLate: false, after: ['alert:7kq2m9xd:begin:r2'] },
    ]);
  });
});
