import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { STARTING_HOLDS } from '../../../../src/config/starting-holds.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import type { Environment } from '../../../../src/domain/inventory.ts';
import type { MissingReport } from '../../../../src/services/alerts/alert-service.ts';
import { createMonitor, type Monitor, type MonitorDeps } from '../../../../src/services/monitoring/monitor.ts';
import { aReport, NOW } from '../../../support/builders.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';

const EVERY_MS = 15_000;

function watched(hosts: readonly string[], name = 'prod'): Environment {
  const monitoring = { everyMs: EVERY_MS, tellCustomer: false, holds: STARTING_HOLDS, runbooks: {}, notices: [] };
  return { ...anEnvironment('acme', name, hosts), monitoring };
}

/** Time goes on in small steps, and everybody acts between them. */
function createSteppedClock(): Clock & { advance(ms: number): Promise<void> } {
  let now = NOW.getTime();
  let sleepers: { readonly until: number; wake(): void }[] = [];
  return {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((wake) => {
        signal?.addEventListener('abort', () => wake(), { once: true });
        sleepers.push({ until: now + ms, wake });
      }),
    async advance(ms) {
      for (const end = now + ms; now < end; ) {
        now += 250;
        const awake = sleepers.filter(({ until }) => until <= now);
        sleepers = sleepers.filter(({ until }) => until > now);
        awake.forEach(({ wake }) => void wake());
        await turnOfTheLoop();
      }
    },
  };
}

interface Call {
  readonly environment: string;
  readonly hosts: readonly string[];
  readonly missing: readonly MissingReport[];
}

describe('createMonitor', () => {
  const monitors: Monitor[] = [];
  afterEach(async () => {
    await Promise.all(monitors.splice(0).map(({ stop }) => stop()));
  });

  function start(overrides: Partial<MonitorDeps> = {}) {
    const clock = createSteppedClock();
    const logger = createRecordingLogger();
    const [checks, calls, saved, kept]: [string[], Call[], string[], string[]] = [[], [], [], []];
    const monitor = createMonitor({
      leadership: { lead: (_name, work, stop) => work(stop) },
      environments: () => [watched(['apim-1', 'apim-2', 'mi-1'])],
      async check(_environment, { name }) {
        checks.push(name);
        return aReport(name);
      },
      async observe({ name }, { reports, missing }) {
        calls.push({ environment: name, hosts: reports.map(({ host }) => host), missing });
      },
      async saveReport(_environment, { host }) {
        saved.push(host);
      },
      samples: { append: async (samples) => void kept.push(...samples.map(({ host }) => host)) },
      ...{ clock, logger },
      ...overrides,
    });
    monitors.push(monitor);
    monitor.start();
    return { clock, logger, checks, calls, saved, kept, monitor };
  }
  const never = () => new Promise<never>(() => undefined);
  const HOSTS = ['apim-1', 'apim-2', 'mi-1'];

  it('checks every host once in each interval, keeps and judges what it finds', async () => {
    const { clock, checks, calls, saved, kept } = start();
    await clock.advance(EVERY_MS + 2000);
    expect(new Set(checks)).toEqual(new Set(HOSTS));
    await clock.advance(9 * EVERY_MS - 2000);
    for (const host of HOSTS) {
      expect(checks.filter((one) => one === host)).toHaveLength(10);
    }
    expect(saved).toEqual(checks);
    await clock.advance(2000);
    expect(calls.flatMap(({ hosts }) => hosts).slice(0, 30)).toEqual(checks.slice(0, 30));
    expect(kept.slice(0, 30)).toEqual(checks.slice(0, 30));
    expect(calls.flatMap(({ missing }) => missing)).toEqual([]);
  });

  it('leaves alone what nobody asked it to watch, and takes up what a reload brings', async () => {
    const quiet = anEnvironment('acme', 'prod', ['apim-1']);
    let environments = [quiet, { ...watched(['dev-1'], 'dev'), production: false }];
    const { clock, checks } = start({ environments: () => environments });
    await clock.advance(3 * EVERY_MS);
    expect(checks).toEqual([]);
    environments = [watched(['apim-1'])];
    await clock.advance(EVERY_MS + 1000);
    expect(new Set(checks)).toEqual(new Set(['apim-1']));
  });

  it('does not check a host whose check goes on, and misses it after three intervals', async () => {
    const checks: string[] = [];
    const { clock, calls } = start({
      check(_environment, { name }) {
        checks.push(name);
        return name === 'mi-1' ? never() : Promise.resolve(aReport(name));
      },
    });
    await clock.advance(4 * EVERY_MS);
    expect(calls.flatMap(({ missing }) => missing)).toEqual([]);
    await clock.advance(2 * EVERY_MS);
    expect(checks.filter((one) => one === 'mi-1')).toHaveLength(1);
    expect(calls.at(-1)?.missing).toEqual([{ host: 'mi-1', text: 'not checked since 03:00' }]);
  });

  it('tells of missing hosts though none of them reports', async () => {
    const { clock, calls } = start({ check: never });
    await clock.advance(6 * EVERY_MS);
    expect(calls.at(-1)?.missing.map(({ host }) => host)).toEqual(HOSTS);
  });

  it('judges one batch at a time, and everything since then in the next', async () => {
    const batches: (readonly string[])[] = [];
    let finish: () => void = () => undefined;
    const { clock } = start({
      observe(_environment, { reports }) {
        batches.push(reports.map(({ host }) => host));
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    await clock.advance(2 * EVERY_MS + 2000);
    expect(batches).toHaveLength(1);
    finish();
    await clock.advance(2000);
    expect(batches).toHaveLength(2);
    expect(batches.flat().length).toBeGreaterThanOrEqual(6);
    finish();
  });

  it('goes on when checking, saving, keeping or judging fails, and logs it', async () => {
    const fail = () => Promise.reject(new Error('disk full'));
    let checks = 0;
    const { clock, logger } = start({
      async check(_environment, { name }) {
        checks += 1;
        return name === 'mi-1' ? fail() : aReport(name);
      },
      ...{ observe: fail, saveReport: fail, samples: { append: fail } },
    });
    await clock.advance(4 * EVERY_MS);
    expect(checks).toBe(12);
    expect(new Set(logger.lines.map(({ message }) => message))).toEqual(
      new Set(['Scheduled check failed', 'Host report not saved', 'Samples not saved', 'Alerts not judged']),
    );
  });

  it('drops what comes after it has lost the lead', async () => {
    let answer: () => void = () => undefined;
    const { clock, monitor, calls, saved, kept } = start({
      environments: () => [watched(['mi-1'])],
      check: () => new Promise((resolve) => (answer = () => resolve(aReport('mi-1')))),
    });
    await clock.advance(EVERY_MS + 1000);
    await monitor.stop();
    const before = calls.length;
    answer();
    await clock.advance(5000);
    expect([calls.length, saved, kept]).toEqual([before, [], []]);
  });
});
