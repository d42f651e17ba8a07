import { describe, expect, it } from 'vitest';
import type { AutoAlert } from '../../../../src/services/patching/auto-watch-service.ts';
import { createAutoWatchService } from '../../../../src/services/patching/auto-watch-service.ts';
import type { AutoReport } from '../../../../src/services/patching/patch-service.ts';
import { type AutoWatch, watchAuto } from '../../../../src/services/patching/watch-auto.ts';
import { aHopFailure, NOW } from '../../../support/builders.ts';
import { aWorld } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const slot = (index: number) => new Date(NOW.getTime() + index * 6 * HOUR_MS);

const works = (host = 'mi-1'): AutoReport => ({ host, level: 'ok', findings: [], verdict: 'works' });
const stopped = (host = 'mi-1'): AutoReport => ({
  host,
  level: 'critical',
  findings: [{ level: 'critical', text: 'automatic updates have stopped: the timer is inactive' }],
  verdict: 'stopped',
});
const unclear = (host = 'mi-1'): AutoReport => ({
  host,
  level: 'unknown',
  findings: [{ level: 'unknown', text: 'not known of automatic updates: its settings' }],
  verdict: 'unknown',
});
const lost = (host = 'mi-1'): AutoReport => ({
  ...unclear(host),
  level: 'unreachable',
  findings: [],
  failure: aHopFailure({ hop: host }),
});
const overdue = (host = 'mi-1'): AutoReport => ({
  ...works(host),
  findings: [
    { level: 'critical', text: '1 security update waits for longer than the 7 days agreed: openssl (9 days)' },
  ],
  overdue: [{ name: 'openssl', version: '3', since: NOW }],
});

/** One report a check. */
function watch(...checks: readonly AutoReport[]): AutoWatch {
  return checks.reduce<AutoWatch | undefined>(
    (before, report, index) => watchAuto(before, [report], slot(index)),
    undefined,
  )!;
}

describe('watchAuto', () => {
  it.each([
    [works(), []],
    [stopped(), ['stopped']],
    [{ ...stopped(), verdict: 'off' as const }, ['off']],
    [{ ...stopped(), verdict: 'never_ran' as const }, ['never_ran']],
    [overdue(), ['overdue']],
    [{ ...overdue(), verdict: 'unknown' as const }, ['overdue']],
    [unclear(), []],
    [lost(), []],
  ])('finds trouble at once only where it is certain', (report, kinds) => {
    const found = watch(report);
    expect(found.troubles.map(({ kind }) => kind)).toEqual(kinds);
    expect(found.begun).toBe(kinds.length > 0 ? slot(0).toISOString() : undefined);
  });

  it('says unknown after two checks in a row, and a lost host between them does not count', () => {
    expect(watch(unclear(), unclear()).troubles).toMatchObject([{ kind: 'unknown', since: slot(1).toISOString() }]);
    expect(watch(unclear(), lost(), unclear()).troubles).toMatchObject([{ kind: 'unknown' }]);
    expect(watch(unclear(), works(), unclear()).troubles).toEqual([]);
    expect(watch(lost(), lost(), lost()).troubles).toEqual([]);
  });

  it('keeps what it told while a host cannot be looked at, and says so', () => {
    expect(watch(stopped(), lost()).troubles).toMatchObject(
      [{ kind: 'stopped', since: slot(0).toISOString(), notSeen: 'not reached: connection refused at host mi-1 ' }].map(
        (trouble) => ({ ...trouble, notSeen: expect.stringContaining('connection refused') }),
      ),
    );
    expect(watch(stopped(), unclear()).troubles).toMatchObject([{ kind: 'stopped' }]);
  });

  it('stays the same trouble until the last host is well, then says that it is over once', () => {
    const over = watch(stopped(), stopped(), works());
    expect(over).toMatchObject({ begun: slot(0).toISOString(), troubles: [], recovered: ['mi-1'] });
    const after = watchAuto(over, [works()], slot(3));
    expect(after).toMatchObject({ troubles: [], recovered: [] });
    expect(after.begun).toBeUndefined();
    expect(watchAuto(after, [stopped()], slot(4)).begun).toBe(slot(4).toISOString());
  });

  it('remembers who is well again while others are not', () => {
    const first = watchAuto(undefined, [stopped('mi-1'), stopped('mi-2')], slot(0));
    const second = watchAuto(first, [works('mi-1'), stopped('mi-2')], slot(1));
    expect(second).toMatchObject({ recovered: ['mi-1'], troubles: [{ host: 'mi-2' }], begun: slot(0).toISOString() });
    const third = watchAuto(second, [works('mi-1'), works('mi-2')], slot(2));
    expect(third).toMatchObject({ recovered: ['mi-1', 'mi-2'], troubles: [] });
  });

  it('forgets a host that left the inventory', () => {
    const first = watchAuto(undefined, [stopped('mi-1'), stopped('mi-2')], slot(0));
    expect(watchAuto(first, [stopped('mi-2')], slot(1)).troubles.map(({ host }) => host)).toEqual(['mi-2']);
  });
});

describe('auto watch service', () => {
  const [acme] = aWorld().inventory.customers;
  const prod = acme!.environments[0]!;

  function setUp(reports: () => readonly AutoReport[]) {
    const shown: AutoAlert[] = [];
    const memory = new Map<string, AutoWatch>();
    let asked = 0;
    const service = createAutoWatchService({
      patching: {
        auto: async () => {
          asked += 1;
          return reports();
        },
      },
      memory: { get: async (key) => memory.get(key), set: async (key, value) => memory.set(key, value) },
      alerts: { show: async (alert) => void shown.push(alert) },
    });
    return { service, shown, asked: () => asked };
  }

  it('tells the ops channels alone, once a slot, by the same beginning until it is over', async () => {
    let report = stopped();
    const { service, shown, asked } = setUp(() => [report]);
    await service.check(acme!, prod, slot(0));
    await service.check(acme!, prod, slot(0));
    expect(asked()).toBe(1);
    await service.check(acme!, prod, slot(1));
    report = works();
    await service.check(acme!, prod, slot(2));
    await service.check(acme!, prod, slot(3));
    expect(shown).toMatchObject([
      { customer: 'acme', environment: 'prod', channelIds: ['C0ACMEOPS', 'C0OPSALL'], troubles: [{ host: 'mi-1' }] },
      { troubles: [{ host: 'mi-1' }] },
      { troubles: [], recovered: ['mi-1'] },
    ]);
    expect(new Set(shown.map(({ begun }) => begun))).toEqual(new Set([slot(0).toISOString()]));
  });
});
