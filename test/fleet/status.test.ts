import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { HostReport } from '../../src/domain/host-report.ts';
import { HOST_CHECK_LIMITS } from '../../src/services/hosts/check-host.ts';
import { createHostStatusService, type HostStatusService } from '../../src/services/hosts/host-status-service.ts';
import { fault, heal } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const environment = environmentOf('acme', ['a1', 'a2', 'a3']);
const selection = { environment, hosts: environment.hosts };

let executor: SshExecutor;
let status: HostStatusService;

beforeEach(() => {
  executor = openExecutor();
  status = createHostStatusService({
    executor,
    clock: systemClock,
    logger: silentLogger,
    limits: HOST_CHECK_LIMITS,
    reports: { save: async () => {}, latest: async () => [] },
  });
});

afterEach(async () => {
  executor.close();
  await heal('bastion', 'a1', 'a2', 'a3');
});

const levels = (reports: readonly HostReport[]) => Object.fromEntries(reports.map(({ host, level }) => [host, level]));

describe('status of real hosts', () => {
  it('finds healthy hosts healthy', async () => {
    const reports = await status.check(selection, () => {});
    expect(reports.map(({ host, level, findings }) => ({ host, level, findings }))).toEqual(
      ['a1', 'a2', 'a3'].map((host) => ({ host, level: 'ok', findings: [] })),
    );
  });

  it('puts a full disk and a silent host first, and lets the silent one delay nobody', async () => {
    await fault('a2', 'disk-full');
    await fault('a3', 'ssh-hang');
    const seen: string[][] = [];
    const reports = await status.check(selection, (soFar) => seen.push(soFar.map(({ host }) => host).sort()));
    expect(levels(reports)).toEqual({ a1: 'ok', a2: 'critical', a3: 'unreachable' });
    expect(reports.at(-1)?.host).toBe('a1');
    expect(reports.find(({ host }) => host === 'a2')?.findings[0]?.text).toMatch(/\/.*100/);
    expect(reports.find(({ host }) => host === 'a3')?.failure).toMatchObject({ kind: 'no_ssh_banner', hop: 'a3' });
    expect(seen.at(-2)).toEqual(['a1', 'a2']);
  });

  it('tells a heap that garbage collection cannot free', async () => {
    await fault('a1', 'product', 'heap?mb=40');
    const reports = await status.check(selection, () => {});
    const report = reports.find(({ host }) => host === 'a1');
    expect(report?.level).toBe('critical');
    expect(report?.findings.map(({ text }) => text).join()).toMatch(/old generation|heap/i);
  });

  it('blames the bastion once for every host behind it', async () => {
    await fault('bastion', 'ssh-stop');
    const reports = await status.check(selection, () => {});
    expect(reports.map(({ failure }) => failure?.hop)).toEqual(['bastion', 'bastion', 'bastion']);
  });
});
