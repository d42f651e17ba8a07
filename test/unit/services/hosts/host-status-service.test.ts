import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import type { HostReport } from '../../../../src/domain/host-report.ts';
import { HOST_CHECK_LIMITS } from '../../../../src/services/hosts/check-host.ts';
import { createHostStatusService } from '../../../../src/services/hosts/host-status-service.ts';
import type { EnvironmentKey, HostReportStore } from '../../../../src/services/hosts/ports.ts';
import { aHopFailure, aReport, NOW } from '../../../support/builders.ts';
import { createFakeExecutor, type Reply } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';
import { anEnvironment } from '../../../support/world.ts';

const PROD = anEnvironment('acme', 'prod', ['apim-1', 'mi-1', 'mi-2']);
const HEALTHY = `${[
  ...['cpu1|cpu  10 0 0 90', 'cpu1=0', 'cpu2|cpu  20 0 0 180', 'cpu2=0', 'cores|2', 'cores=0'],
  ...['memory|MemTotal: 100 kB', 'memory|MemAvailable: 60 kB', 'memory=0', 'load|0.10 0 0 1/2 3', 'load=0'],
  ...['uptime|100.0 1', 'uptime=0', 'mounts|/dev/vda / ext4 rw 0 0', 'mounts=0', 'disks|/dev/vda 100 30 70 30% /'],
  ...['disks=0', 'end=0'],
].join('\n')}\n`;

const healthy: Reply = () => ({ stdout: HEALTHY });

function setUp(replies: Readonly<Record<string, Reply>>, store: Partial<HostReportStore> = {}) {
  const saved: [EnvironmentKey, string][] = [];
  const executor = createFakeExecutor({ 'apim-1': healthy, 'mi-1': healthy, 'mi-2': healthy, ...replies });
  const logger = createRecordingLogger();
  const reports: HostReportStore = {
    save: async (key, { host }) => {
      saved.push([key, host]);
    },
    latest: async () => [],
    ...store,
  };
  const limits = HOST_CHECK_LIMITS;
  const service = createHostStatusService({ executor, reports, clock: createFixedClock(), limits, logger });
  return { service, executor, saved, logger };
}

const check = (
  service: ReturnType<typeof setUp>['service'],
  onProgress: (reports: readonly HostReport[]) => void = () => {},
) => service.check({ environment: PROD, hosts: PROD.hosts }, onProgress);

describe('host status service', () => {
  it('asks every host once, with its own deadline, and saves what it said', async () => {
    const { service, executor, saved } = setUp({});
    const reports = await check(service);

    expect(reports.map(({ host, level, checkedAt }) => [host, level, checkedAt])).toEqual([
      ['apim-1', 'ok', NOW],
      ['mi-1', 'ok', NOW],
      ['mi-2', 'ok', NOW],
    ]);
    expect(executor.runs).toHaveLength(3);
    expect(executor.runs.every(({ options }) => options.deadlineMs === 10_000)).toBe(true);
    expect(saved).toContainEqual([{ customer: 'acme', environment: 'prod' }, 'mi-2']);
  });

  it('shows what a host said while the store is slow to take it', async () => {
    const slow = Promise.withResolvers<void>();
    const { service } = setUp({}, { save: () => slow.promise });
    const seen: number[] = [];
    const checking = check(service, (reports) => seen.push(reports.length));
    await until('all hosts to be shown', () => seen.includes(3));
    slow.resolve();
    expect(await checking).toHaveLength(3);
  });

  it('takes secrets out of what a host said, before it is shown or kept', async () => {
    const kept: string[] = [];
    const save = async (_key: EnvironmentKey, report: HostReport): Promise<void> =>
      void kept.push(JSON.stringify(report));
    const { service } = setUp(
      {
        'apim-1': () => ({ exitCode: 1, stderr: 'sh: bad option: --password=hunter2\n' }),
        'mi-1': () => ({
          stdout: `${HEALTHY}memory|cat: db.password=hunter2\n`.replace('memory|MemTotal', 'memory|token=hunter2 '),
        }),
        'mi-2': () => ({ stdout: HEALTHY.replace('disks|/dev/vda', 'disks|df: /x: secret=hunter2\ndisks|/dev/vda') }),
      },
      { save },
    );
    const shown = JSON.stringify(await check(service));
    expect(shown).toContain('[secret]');
    expect(`${shown}${kept.join('')}`).not.toContain('hunter2');
  });

  it('shows the hosts that answered while a slow one is still awaited', async () => {
    const slow = Promise.withResolvers<{ stdout: string }>();
    const { service } = setUp({ 'mi-1': () => slow.promise });
    const seen: string[][] = [];
    const twoAnswered = Promise.withResolvers<void>();

    const checking = check(service, (reports) => {
      seen.push(reports.map(({ host }) => host));
      if (reports.length === 2) {
        twoAnswered.resolve();
      }
    });
    await twoAnswered.promise;
    expect(seen.at(-1)).toEqual(['apim-1', 'mi-2']);
    slow.resolve({ stdout: HEALTHY });
    expect(await checking).toHaveLength(3);
  });

  it('reports a broken way in with its facts, first of all', async () => {
    const facts = aHopFailure({ hop: 'mi-2' });
    const { service } = setUp({ 'mi-2': () => Promise.reject(new HopFailure(facts)) });
    const [worst] = await check(service);
    expect(worst).toMatchObject({ host: 'mi-2', level: 'unreachable', failure: facts, findings: [] });
  });

  it.each([
    { result: { exitCode: 127, stderr: 'sh: not found\nx' }, words: 'exit code 127, sh: not found' },
    { result: { exitCode: null, exitSignal: 'KILL' }, words: 'ended by KILL' },
  ])('calls a host unknown when the check failed there: $words', async ({ result, words }) => {
    const { service } = setUp({ 'mi-2': () => ({ ...result, stdout: HEALTHY }) });
    const [worst] = await check(service);
    expect(worst).toMatchObject({ level: 'unknown', findings: [{ text: `the check on the host failed: ${words}` }] });
  });

  it('calls a host unknown on an error of its own, and logs the cause instead of showing it', async () => {
    const { service, logger } = setUp({ 'mi-2': () => Promise.reject(new Error('pool is a teapot')) });
    const [worst] = await check(service);
    expect(worst).toMatchObject({ host: 'mi-2', level: 'unknown' });
    expect(JSON.stringify(worst)).not.toContain('teapot');
    expect(logger.lines[0]).toMatchObject({ level: 'error', fields: { host: 'mi-2' } });
  });

  it('calls a host unknown that answers nothing', async () => {
    const { service } = setUp({ 'mi-2': () => ({ stdout: '' }) });
    expect((await check(service))[0]).toMatchObject({ host: 'mi-2', level: 'unknown' });
  });

  it('shows what the hosts said although it could not be saved', async () => {
    const save = () => Promise.reject(new Error('database is down'));
    const { service, logger } = setUp({}, { save });
    expect(await check(service)).toHaveLength(3);
    expect(logger.lines).toHaveLength(3);
  });

  it('remembers the last reports, without hosts that left the inventory', async () => {
    const latest = async () => [aReport('mi-1'), aReport('retired'), aReport('mi-2', { level: 'warning' })];
    const { service } = setUp({}, { latest });
    expect((await service.latest(PROD)).map(({ host }) => host)).toEqual(['mi-2', 'mi-1']);
  });
});
