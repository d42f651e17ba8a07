import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { Environment, HoldTimes, Thresholds } from '../../src/domain/inventory.ts';
import { checkHost, HOST_CHECK_LIMITS } from '../../src/services/hosts/check-host.ts';
import { alertWords } from '../../src/views/alert-words.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { until } from '../support/until.ts';
import { type AlertWorld, anAlertWorld, aWatched, HOLD, HOLDS, MINUTE } from '../unit/services/alerts/alert-world.ts';
import { exec, fault, heal, shell } from './fleet.ts';
import { environmentOf, hostOf } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const HOST = 'a1';
const FILE = '/var/tmp/pressure';
const BURNER = '/var/tmp/burner';
const WORDS = { disk: 'disk', cpu: 'CPU', heap: 'JVM heap' } as const;
/** The machine may have other work, which its hosts see too. */
const CALM_MS = 180_000;

let executor: SshExecutor;
beforeAll(async () => {
  executor = openExecutor();
  await until('the product to be up', () => fault(HOST, 'product', 'reset').catch(() => ''), 60_000);
});
afterEach(async () => {
  await shell(HOST, `rm -f ${FILE} /var/tmp/more; pkill -x burner; rm -f ${BURNER}`);
  await heal(HOST);
});
afterAll(() => executor.close());

interface Watched {
  /** One real check, judged a minute after the one before: holds are not waited for. */
  round(): Promise<void>;
  /** What the channel shows of the signal last; `undefined`: nothing. */
  message(): string | undefined;
}

interface Limits {
  readonly thresholds?: Partial<Thresholds>;
  readonly hold?: Partial<HoldTimes>;
}

/** The monitor's own check and the real alert engine, with the real words. */
function watch(signal: keyof typeof WORDS, { thresholds, hold }: Limits = {}): Watched {
  const fleet = hostOf(HOST);
  const host = { ...fleet, thresholds: { ...fleet.thresholds, ...thresholds } };
  const watched = aWatched([]);
  const monitoring = { ...watched.monitoring!, holds: { ...HOLDS, [signal]: { ...HOLD, ...hold } } };
  const { accessPath } = environmentOf('acme', [HOST]);
  const environment: Environment = { ...watched, accessPath, hosts: [host], monitoring };
  const clock = createFixedClock();
  const world = anAlertWorld([HOST], { environment, clock, words: alertWords });
  const check = { executor, clock: systemClock, limits: HOST_CHECK_LIMITS, logger: silentLogger };
  return {
    async round() {
      await world.observe(await checkHost(host, accessPath, check));
      clock.advance(MINUTE);
    },
    message: () => textOf(world, signal),
  };
}

/** Nothing else is wrong with the host, so nothing else is told. */
function textOf({ shown }: AlertWorld, signal: keyof typeof WORDS): string | undefined {
  const cards = Object.entries(shown()).flatMap(([key, text]) => (key.split(':').length === 3 ? [text] : []));
  expect(cards.filter((text) => !text.includes(WORDS[signal]))).toEqual([]);
  return cards.at(-1);
}

async function rounds(count: number, { round }: Watched): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await round();
  }
}

/** Checks until the alert is over. */
const isOver = (watched: Watched) =>
  until(
    'the end of the alert',
    async () => {
      await watched.round();
      return watched.message()?.startsWith('✅');
    },
    CALM_MS,
  );

describe('a real host under pressure', () => {
  it('alerts when its disk fills up, after the hold, and no more when there is room', async () => {
    // A small filesystem: 64 MB are left of it.
    await fault(HOST, 'disk-full', String(64 * 1024));
    const host = watch('disk', { thresholds: { diskUsed: { warning: 90, critical: 95 } } });
    await rounds(3, host);
    expect(host.message()).toBeUndefined();

    await shell(HOST, `fallocate -l "$(df -k --output=avail / | tail -n 1)k" ${FILE}`);
    expect(await shell(HOST, 'cp /bin/sh /var/tmp/more 2>&1; :'), 'nothing can be written').toMatch(/No space left/);
    await rounds(2, host);
    expect(host.message(), 'not for long enough').toBeUndefined();
    await host.round();
    expect(host.message()).toBe('🔴 acme/prod: disk filling up on a1: / 100 % full (critical from 95 %)');

    await exec(HOST, 'rm', FILE);
    await host.round();
    expect(host.message(), 'not well for long enough').toMatch(/^🔴/);
    await host.round();
    expect(host.message()).toMatch(/^✅ acme\/prod: over after [\d.]+ (?:min|h): disk on a1$/);
  });

  it('alerts while all of its processors are burning, in their number', async () => {
    const host = watch('cpu', { thresholds: { cpuBusy: { warning: 95, critical: 97 } }, hold: { clearMs: 0 } });
    const cores = Number(await exec(HOST, 'nproc'));
    // Below all others, so that the check itself is not slower.
    await shell(
      HOST,
      `cp /bin/sh ${BURNER}
       for one in $(seq ${2 * cores}); do
         setsid nice -n 19 timeout 300 ${BURNER} -c 'while :; do :; done' </dev/null >/dev/null 2>&1 &
       done`,
    );
    expect(Number(await until('the burners', () => exec(HOST, 'pgrep', '-c', '-x', 'burner')))).toBe(2 * cores);
    await rounds(3, host);
    expect(host.message()).toMatch(/^🔴 acme\/prod: CPU busy on a1: CPU (?:9[7-9]|100) % busy \(critical from 97 %\)$/);

    await shell(HOST, 'pkill -x burner');
    await isOver(host);
    expect(host.message()).toMatch(/^✅ acme\/prod: over after [\d.]+ (?:min|h): CPU on a1$/);
  }, 300_000);

  it('alerts when the heap of its JVM fills with what no collection frees, and no more when it is let go', async () => {
    const host = watch('heap');
    await rounds(3, host);
    expect(host.message()).toBeUndefined();

    await fault(HOST, 'product', 'heap?mb=40');
    const heap = await exec(HOST, 'curl', '-fsS', 'http://127.0.0.1:9763/heap');
    await rounds(3, host);
    expect(host.message(), heap).toMatch(
      /^🔴 acme\/prod: JVM heap filling up on a1: is: old generation 9\d % used \(critical from 90 %\)$/,
    );

    await fault(HOST, 'product', 'reset');
    await isOver(host);
    expect(host.message()).toMatch(/^✅ acme\/prod: over after [\d.]+ (?:min|h): JVM heap on a1$/);
  });
});
