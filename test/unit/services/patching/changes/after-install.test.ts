import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../../src/domain/hop-failure.ts';
import { createAskHost } from '../../../../../src/services/patching/ask-host.ts';
import { afterInstall } from '../../../../../src/services/patching/changes/after-install.ts';
import type { JobState } from '../../../../../src/services/rollouts/host-operations.ts';
import { aHopFailure, aProduct } from '../../../../support/builders.ts';
import { createFakeExecutor, type RecordedRun } from '../../../../support/fake-executor.ts';
import { createFixedClock } from '../../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';
import { changed, debianText } from '../probe-text.ts';
import { aTarget, NEVER, type TargetFacts } from './a-target.ts';
import { createFakeJobs } from './fake-jobs.ts';

const JOB = '7kq2m9xd';

interface Facts extends TargetFacts {
  readonly jobs?: Readonly<Record<string, JobState>>;
  /** What the host prints when it is asked for the JVM's files. */
  readonly jvm?: string;
  /** Boot ids, one a look; `undefined` is a lost connection. The last one stays. */
  readonly boots?: readonly (string | undefined)[];
  readonly rebootNeeded?: boolean;
}

function setUp(facts: Facts) {
  const boots = [...(facts.boots ?? ['one'])];
  const restarted: string[] = [];
  const answer = async ({ command }: RecordedRun) => {
    if (command[3] === 'msops-patch') {
      return { stdout: rebootText(facts.rebootNeeded ?? true) };
    }
    if (command[0] !== 'cat') {
      return { stdout: `${facts.jvm ?? 'fresh'}\n` };
    }
    const boot = boots.length > 1 ? boots.shift() : boots[0];
    if (boot === undefined) {
      throw new HopFailure(aHopFailure({ hop: 'apim-1' }));
    }
    return { stdout: `${boot}\n` };
  };
  const executor = createFakeExecutor({ 'apim-1': answer });
  const jobs = createFakeJobs(facts.jobs);
  const clock = createFixedClock();
  const products = {
    restart: async (_target: unknown, { name }: { readonly name: string }) => {
      restarted.push(name);
      return { ok: true as const };
    },
  };
  const ask = createAskHost({ executor, logger: createRecordingLogger() });
  const target = aTarget(facts);
  const steps = afterInstall({ executor, jobs, clock, products, ask }, target);
  const run = (name: string) => steps.find((step) => step.name === name)!.run(target, NEVER);
  return { steps: steps.map(({ name }) => name), run, restarted, started: jobs.started, runs: executor.runs };
}

function rebootText(isNeeded: boolean): string {
  const parts = changed(debianText('plan'), {
    rebootfile: isNeeded ? ['*** System restart required ***', 0] : ['cat: No such file', 1],
    needrestart: ['NEEDRESTART-VER: 3.6\nNEEDRESTART-KSTA: 1', 0],
  });
  return [...parts]
    .flatMap(([name, { lines, exitCode }]) => [...lines.map((line) => `${name}|${line}`), `${name}=${exitCode}`, ''])
    .join('\n');
}

describe('what follows an install', () => {
  it('is what the settings of the environment allow', () => {
    const products = [aProduct()];
    expect(setUp({ products }).steps).toEqual(['restart what needs it', 'restart is']);
    expect(setUp({ products, rollout: { reboot: 'needed' } }).steps.at(-1)).toBe('reboot');
    expect(setUp({ products, rollout: { restart: 'never' } }).steps).toEqual([]);
  });

  describe('restart what needs it', () => {
    const restart = (state: JobState) => setUp({ jobs: { [`${JOB}-restart`]: state } }).run('restart what needs it');

    it('does not take a script that failed by itself for one that had nothing to do', async () => {
      expect(await restart({ kind: 'ended', exitCode: 127, output: 'sh: 3: timeout: not found\n' })).toMatchObject({
        ok: false,
        reason: 'what has to be restarted could not be found out (exit code 127)',
      });
    });

    it('names what was restarted and what was left alone', async () => {
      const output = 'msops: restarted cron.service\nmsops: left ssh.service\nmsops: product wso2is.service\n';
      expect(await restart({ kind: 'ended', exitCode: 0, output })).toMatchObject({
        ok: true,
        note: 'restarted cron; still on replaced files until a reboot: ssh',
      });
    });

    it('fails with the services that did not come back', async () => {
      const output = 'msops: failed nginx.service: Job for nginx.service failed.\nmsops: restarted cron.service\n';
      expect(await restart({ kind: 'ended', exitCode: 1, output })).toMatchObject({
        ok: false,
        reason: '1 service did not restart: nginx (Job for nginx.service failed.)',
      });
      expect(await restart({ kind: 'vanished', output: '' })).toMatchObject({ ok: false });
      expect(await restart({ kind: 'running', output: '' })).toMatchObject({ ok: false });
    });

    it('shows no password of what a service said', async () => {
      const output = 'msops: failed nginx.service: cannot fetch https://bob:hunter2pw@repo.acme.test/x\n';
      const end = await restart({ kind: 'ended', exitCode: 1, output });
      expect(end).toMatchObject({ reason: expect.stringContaining('https://bob:[secret]@repo.acme.test/x') });
      expect(JSON.stringify(end)).not.toContain('hunter2pw');
    });

    it('leaves the units of products to their own steps', async () => {
      const { run, started } = setUp({ products: [aProduct({ unit: 'wso2is' })] });
      await run('restart what needs it');
      expect(started[0]?.args).toEqual(['wso2is.service']);
    });
  });

  it.each([
    ['stale', ['is']],
    ['absent', ['is']],
    ['fresh', []],
    ['unknown', []],
    ['', []],
  ])('restarts a product whose JVM is %s: %j', async (jvm, names) => {
    const { run, restarted } = setUp({ jvm, products: [aProduct()] });
    expect(await run('restart is')).toMatchObject({ ok: true });
    expect(restarted).toEqual(names);
  });

  it('looks for the JVM by a home without the slash that the configuration ends it with', async () => {
    const { run, runs } = setUp({ products: [aProduct({ home: '/opt/wso2/is/' })] });
    await run('restart is');
    expect(runs.at(-1)?.command.at(-1)).toBe('/opt/wso2/is');
  });

  describe('reboot', () => {
    const rollout = { reboot: 'needed' as const, startDeadlineMs: 60_000 };

    it('waits until the host is back with another boot', async () => {
      const { run, started } = setUp({ rollout, boots: ['one', 'one', undefined, undefined, 'two'] });
      expect(await run('reboot')).toEqual({ ok: true, note: 'rebooted' });
      expect(started.map(({ id }) => id)).toEqual([`${JOB}-reboot`]);
    });

    it('does not reboot again when it is run twice', async () => {
      const jobs = { [`${JOB}-reboot`]: { kind: 'vanished', output: 'msops: boot one\n' } as const };
      const { run, started } = setUp({ rollout, jobs, boots: ['two'] });
      expect(await run('reboot')).toMatchObject({ ok: true });
      expect(started).toEqual([]);
    });

    it('is none where none is needed', async () => {
      const { run, started } = setUp({ rollout, rebootNeeded: false });
      expect(await run('reboot')).toMatchObject({ ok: true, note: expect.stringMatching(/none done|no reboot/) });
      expect(started).toEqual([]);
    });

    it('fails when it does not come back, does not go down, or refuses', async () => {
      const lost = setUp({ rollout, boots: ['one', undefined] });
      expect(await lost.run('reboot')).toMatchObject({ reason: 'it did not come back within 1 min of its reboot' });
      const jobs = (state: JobState) => ({ [`${JOB}-reboot`]: state });
      const stays = setUp({ rollout, jobs: jobs({ kind: 'running', output: 'msops: boot one\n' }) });
      expect(await stays.run('reboot')).toMatchObject({ reason: expect.stringContaining('did not go down') });
      const refused = setUp({ rollout, jobs: jobs({ kind: 'ended', exitCode: 1, output: 'msops: boot one\nno' }) });
      expect(await refused.run('reboot')).toMatchObject({ reason: 'the host refused to reboot' });
    });
  });
});
