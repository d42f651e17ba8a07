import { describe, expect, it } from 'vitest';
import { inspectPackages } from '../../../../../src/services/patching/changes/inspect-packages.ts';
import { createInstallStep } from '../../../../../src/services/patching/changes/install-step.ts';
import type { JobState } from '../../../../../src/services/rollouts/host-operations.ts';
import { createFakeExecutor } from '../../../../support/fake-executor.ts';
import { partsText } from '../probe-text.ts';
import { aTarget, aWork, NEVER } from './a-target.ts';
import { createFakeJobs } from './fake-jobs.ts';

const ID = '7kq2m9xd-packages';
const INSTALLED = 'openssl|ii |3.0.22|eq';

function seen(packages: string, more = {}) {
  const parts = { packages: [packages, 0], journal: ['', 0], broken: ['', 0], end: ['', 0], ...more } as const;
  return createFakeExecutor({ 'apim-1': () => ({ stdout: partsText(parts) }) });
}

async function install(state: JobState, packages = INSTALLED, target = aTarget()) {
  const jobs = createFakeJobs({ [ID]: state });
  const step = createInstallStep({ executor: seen(packages), jobs }, target, 'up');
  return { jobs, step, end: await step.run(target, NEVER) };
}

describe('install step', () => {
  it('asks for exact versions, removes nothing, keeps changed files, and waits for the lock', async () => {
    const { jobs, step, end } = await install({ kind: 'ended', exitCode: 0, output: 'Setting up openssl' });
    expect(step.name).toBe('install 1 package');
    expect(end).toEqual({ ok: true, note: '1 package installed', output: 'Setting up openssl' });
    const [job] = jobs.started;
    expect(job?.args).toEqual(['300', '-', '--no-remove', '--only-upgrade', 'install', 'openssl=3.0.22']);
    expect(job?.script).toContain('--force-confold');
  });

  it('names what is asked for by dnf with its architecture', async () => {
    const work = aWork({ family: 'rhel', packages: [{ name: 'openssl-libs', arch: 'x86_64', to: '1:3.0.7-28.el9' }] });
    const { jobs } = await install(
      { kind: 'ended', exitCode: 0, output: '' },
      'openssl-libs.x86_64|ii |1:3.0.7-28.el9|eq',
      aTarget({ work }),
    );
    expect(jobs.started[0]?.args).toEqual(['300', 'upgrade', 'openssl-libs-1:3.0.7-28.el9.x86_64']);
  });

  it('does not believe an exit code of 0', async () => {
    const { end } = await install({ kind: 'ended', exitCode: 0, output: '' }, 'openssl|ii |3.0.20|lt');
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining('openssl is at 3.0.20, not at 3.0.22') });
  });

  it('fails with what the package manager said, without secrets and not at length', async () => {
    const output = `${'x'.repeat(9000)}\npassword=hunter2\nE: dpkg was interrupted, you must manually run`;
    const { end } = await install({ kind: 'ended', exitCode: 100, output });
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining('dpkg was interrupted earlier') });
    expect(end.output).not.toContain('hunter2');
    expect(end.output?.length).toBeLessThanOrEqual(4000);
  });

  it('keeps the password of a package source to the host', async () => {
    const output = 'E: Failed to fetch https://bob:hunter2pw@repo.acme.test/x.deb  Could not connect\n';
    const { end } = await install({ kind: 'ended', exitCode: 100, output });
    expect(end).toMatchObject({ ok: false, advice: 'Check that the host reaches repo.acme.test.' });
    expect(JSON.stringify(end)).not.toContain('hunter2pw');
  });

  it('tells that a job goes on which did not end in time', async () => {
    const { end } = await install({ kind: 'running', output: 'Unpacking' });
    expect(end).toMatchObject({
      ok: false,
      reason: 'apt-get has not come to its end in 60 min, and goes on on the host',
    });
  });

  it('looks at the packages first when the job was cut off', async () => {
    const done = await install({ kind: 'vanished', output: '' });
    expect(done.end.ok).toBe(true);
    const half = await install({ kind: 'vanished', output: '' }, 'openssl|iF |3.0.22|eq');
    expect(half.end).toMatchObject({ ok: false, reason: expect.stringContaining('was cut off') });
  });

  it('is run again without another job', async () => {
    const { jobs, step } = await install({ kind: 'ended', exitCode: 0, output: '' });
    await step.run(aTarget(), NEVER);
    expect(jobs.started).toHaveLength(1);
  });
});

describe('inspectPackages', () => {
  const inspect = (packages: string, more = {}, work = aWork()) =>
    inspectPackages(seen(packages, more), aTarget({ work }), 'up');

  it.each([
    ['openssl|ii |3.0.22|eq', 'done'],
    ['openssl|hi |3.0.23|gt', 'done'],
    ['openssl|ii |3.0.20|lt', 'to_do'],
    ['openssl|iF |3.0.22|eq', 'to_do'],
    ['openssl|iU |3.0.22|eq', 'to_do'],
    ['openssl|||', 'to_do'],
    ['', 'to_do'],
    ['openssl|ii |3.0.22|', 'to_do'],
  ])('of %s: %s', async (packages, state) => {
    expect(await inspect(packages)).toMatchObject({ state });
  });

  it('counts what comes along', async () => {
    const along = [{ name: 'linux-image-6.1.0-38-amd64', to: '6.1.147' }];
    expect(await inspect(INSTALLED, {}, aWork({ along }))).toEqual({
      state: 'to_do',
      note: '1 of 2 packages installed; linux-image-6.1.0-38-amd64 is not installed',
    });
  });

  it('is not done while dpkg is to be repaired, nor when the answer was cut', async () => {
    const work = aWork({ repair: true });
    expect(await inspect(INSTALLED, { journal: ['/var/lib/dpkg/updates/0001', 0] }, work)).toMatchObject({
      state: 'to_do',
    });
    expect(await inspect(INSTALLED, {}, work)).toMatchObject({ state: 'done' });
    expect(await inspect(INSTALLED, { end: undefined })).toMatchObject({ state: 'to_do' });
  });

  it('takes older versions for done on the way back', async () => {
    expect(await inspectPackages(seen('openssl|ii |3.0.19|lt'), aTarget(), 'down')).toMatchObject({ state: 'done' });
    expect(await inspectPackages(seen('openssl|ii |3.0.23|gt'), aTarget(), 'down')).toMatchObject({ state: 'to_do' });
  });
});
