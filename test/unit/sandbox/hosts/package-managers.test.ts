import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { DEFAULT_ROLLOUT } from '../../../../src/domain/inventory.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import type { RemoteExecutor } from '../../../../src/domain/remote-executor.ts';
import { createOsPackagesChange } from '../../../../src/services/patching/changes/os-packages-change.ts';
import { createOsPackagesUndoChange } from '../../../../src/services/patching/changes/os-packages-undo-change.ts';
import { undoSpecOf } from '../../../../src/services/patching/changes/undo-spec.ts';
import type { ChangePlan, ChangeSpec, HostChange, StepEnd } from '../../../../src/services/rollouts/host-change.ts';
import type { DetachedJobs } from '../../../../src/services/rollouts/host-operations.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';
import { runOn } from './ssh-client.ts';

const NEVER = new AbortController().signal;

describe('package managers of sandbox hosts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-packages-'));
  let hosts: RunningHosts;
  let rollouts = 0;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });
  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const executor: RemoteExecutor = {
    async run({ endpoint }, command) {
      const { stdout, stderr, exit } = await runOn(hosts, endpoint.name, toShell(command));
      const exitCode = typeof exit[0] === 'number' ? exit[0] : null;
      return { exitCode, stdout, stderr, truncated: false, durationMs: 1 };
    },
  };
  /** In the foreground: that jobs go on by themselves has tests of its own. */
  const jobs: DetachedJobs = {
    start: async () => undefined,
    look: async () => ({ kind: 'absent' }),
    async run({ endpoint }, { script, args }) {
      const command = toShell(['sh', '-c', `exec 2>&1\n${script}`, 'job', ...args]);
      const { stdout, exit } = await runOn(hosts, endpoint.name, command);
      return { kind: 'ended', exitCode: Number(exit[0]), output: stdout };
    },
  };

  function createChanges(): Record<'install' | 'undo', HostChange> {
    const products = { restart: async (): Promise<StepEnd> => ({ ok: true }) };
    const deps = { executor, jobs, products, clock: createFixedClock(), logger: createRecordingLogger() };
    return { install: createOsPackagesChange(deps), undo: createOsPackagesUndoChange(deps) };
  }

  const environmentOf = (host: string) => ({
    ...anEnvironment('acme', 'prod', [host]),
    rollout: { ...DEFAULT_ROLLOUT, restart: 'never' as const },
  });
  const plan = (change: HostChange, host: string, spec: ChangeSpec) =>
    change.plan(spec, { environment: environmentOf(host), hosts: environmentOf(host).hosts });

  async function run(change: HostChange, { hosts: [first] }: ChangePlan): Promise<StepEnd> {
    const environment = environmentOf(first?.host ?? '');
    rollouts += 1;
    const target = { rolloutId: `r${rollouts}`, environment, host: environment.hosts[0]!, work: first?.work };
    return change.steps(target)[0]!.run(target, NEVER);
  }

  it('installs and goes back by apt: a plan after it has nothing more to do', async () => {
    const { install, undo } = createChanges();
    const planned = await plan(install, 'mi-2', { only: 'security' });
    expect(planned).toMatchObject({ problems: [], title: 'Install 3 packages (3 security) on 1 host' });
    expect(planned.hosts[0]?.rollback).not.toMatch(/^none/);
    expect(await run(install, planned)).toMatchObject({
      ok: true,
      output: expect.stringContaining('Setting up openssl'),
    });
    expect(await plan(install, 'mi-2', { only: 'security' })).toMatchObject({
      hosts: [],
      idle: ['mi-2'],
      problems: [],
    });
    expect((await plan(install, 'mi-2', { only: 'all' })).title).toBe('Install 1 package (0 security) on 1 host');

    const back = await plan(undo, 'mi-2', undoSpecOf({ id: 'r1', plan: planned, hosts: ['mi-2'] }) ?? {});
    expect(back).toMatchObject({ problems: [], hosts: [{ host: 'mi-2' }] });
    expect(await run(undo, back)).toMatchObject({ ok: true });
    expect((await plan(install, 'mi-2', { only: 'security' })).hosts).toEqual(planned.hosts);
  });

  it('fails as it is told to, and lets the repair finish it', async () => {
    const { install } = createChanges();
    const planned = await plan(install, 'mi-2', { only: 'security' });
    const words = ' installed libpcre2-8-0 package post-installation script subprocess returned error exit status 1';
    const { stdout: root } = await runOn(hosts, 'mi-2', 'printf %s "$MSOPS_HOST_ROOT"');
    const failure = join(root, '.host/apt-fails');
    writeFileSync(failure, `100\n${words}\n`);
    expect(await run(install, planned)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('the post-installation script of libpcre2-8-0 failed'),
    });
    rmSync(failure);
    expect((await plan(install, 'mi-2', { only: 'security' })).problems).toMatchObject([{ host: 'mi-2' }]);
    const repair = await plan(install, 'mi-2', { only: 'security', repair: true });
    expect(await run(install, repair)).toMatchObject({ ok: true });
  });

  it('installs and goes back by dnf', async () => {
    const { install, undo } = createChanges();
    const planned = await plan(install, 'db-proxy-1', { only: 'all' });
    expect(planned).toMatchObject({ problems: [], title: 'Install 2 packages (security unknown) on 1 host' });
    expect((await plan(install, 'db-proxy-1', { only: 'security' })).problems).toHaveLength(1);
    expect(await run(install, planned)).toMatchObject({ ok: true, output: expect.stringContaining('Complete!') });
    expect(await plan(install, 'db-proxy-1', { only: 'all' })).toMatchObject({ hosts: [], idle: ['db-proxy-1'] });
    const back = await plan(undo, 'db-proxy-1', undoSpecOf({ id: 'r1', plan: planned, hosts: ['db-proxy-1'] }) ?? {});
    expect(await run(undo, back)).toMatchObject({ ok: true });
  });
});
