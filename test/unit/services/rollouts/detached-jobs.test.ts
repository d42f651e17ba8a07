import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { UserError } from '../../../../src/domain/errors.ts';
import { createDetachedJobs } from '../../../../src/services/rollouts/detached-jobs.ts';
import type { DetachedJob, DetachedJobs } from '../../../../src/services/rollouts/host-operations.ts';
import { until } from '../../../support/until.ts';
import { anEndpoint } from '../../../support/world.ts';
import { createLocalHost, jobPids, type LocalHost, signal } from './local-host.ts';

const TARGET = { endpoint: anEndpoint('apim-1'), path: { bastions: [], allowedSources: [] } };
const PATIENCE = { deadlineMs: 20_000, signal: new AbortController().signal };

let host: LocalHost;
let jobs: DetachedJobs;

beforeEach(() => {
  host = createLocalHost();
  jobs = createDetachedJobs({ executor: host.executor, clock: systemClock });
});
afterEach(() => host.remove());

function aJob(script: string, overrides: Partial<DetachedJob> = {}): DetachedJob {
  return { id: 'r1-apim-1-install', script, args: [], ...overrides };
}

const run = (script: string, overrides: Partial<DetachedJob> = {}) =>
  jobs.run(TARGET, aJob(script, overrides), PATIENCE);
const spool = (...path: string[]) => join(host.home, '.msops/jobs', ...path);

describe('a detached job', () => {
  it('leaves its output and exit code on the host', async () => {
    expect(await run('echo fine; echo "not fine" >&2; exit 3')).toEqual({
      kind: 'ended',
      exitCode: 3,
      output: 'fine\nnot fine\n',
    });
    expect(statSync(spool()).mode & 0o777).toBe(0o700);
  });

  it('gets its arguments as they are', async () => {
    const args = ['', "it's", 'two\nlines', '$HOME `id`', '-n', 'ü'];
    const state = await run('for each; do printf "<%s>" "$each"; done', { args });
    expect(state).toMatchObject({ output: args.map((arg) => `<${arg}>`).join('') });
  });

  it('is looked at while it runs, and goes on', async () => {
    await jobs.start(
      TARGET,
      aJob('echo begun; while [ ! -e "$1" ]; do sleep 0.05; done; echo on', { args: [spool('go')] }),
    );
    await until('its first line', async () => {
      const seen = await jobs.look(TARGET, aJob('').id);
      return seen.kind === 'running' && seen.output === 'begun\n';
    });
    writeFileSync(spool('go'), '');
    expect(await run('')).toEqual({ kind: 'ended', exitCode: 0, output: 'begun\non\n' });
  });

  it('runs once, however often it is started', async () => {
    const job = aJob('echo once');
    await Promise.all(Array.from({ length: 5 }, () => jobs.start(TARGET, job)));
    expect(await run('echo another')).toMatchObject({ output: 'once\n' });
    await jobs.start(TARGET, job);
    expect(await jobs.look(TARGET, job.id)).toMatchObject({ kind: 'ended', output: 'once\n' });
    expect(readdirSync(spool(job.id)).filter((name) => name.startsWith('exit-'))).toEqual(['exit-0']);
  });

  it('runs when the start before never got to launching it', async () => {
    mkdirSync(spool(aJob('').id), { recursive: true });
    writeFileSync(spool(aJob('').id, 'script.old'), 'echo half a scr');
    expect(await jobs.look(TARGET, aJob('').id)).toEqual({ kind: 'absent' });
    expect(await run('echo whole')).toMatchObject({ kind: 'ended', output: 'whole\n' });
  });

  it('is absent until it is started', async () => {
    expect(await jobs.look(TARGET, 'never')).toEqual({ kind: 'absent' });
  });

  it('has vanished when it was killed, and is not begun again', async () => {
    await jobs.start(TARGET, aJob('echo begun; sleep 60'));
    await until('its output', () => readFileSync(spool(aJob('').id, 'out'), 'utf8') !== '');
    signal(-jobPids(host.home)[0]!, 'SIGKILL');
    await until('its end', async () => (await jobs.look(TARGET, aJob('').id)).kind === 'vanished');
    expect(await run('echo again')).toEqual({ kind: 'vanished', output: 'begun\n' });
  });

  it.each([
    ['the machine has booted since', (begun: string) => begun.replace(/ \S+\n$/, ' another-boot\n')],
    ['its number is that of another process', (begun: string) => begun.replace(/ \d+ /, ' 1 ')],
    ['nothing of it reached the disk', () => ''],
  ])('has vanished when %s', async (_, change) => {
    await jobs.start(TARGET, aJob('sleep 60'));
    const begun = spool(aJob('').id, 'begun');
    const [pid, content] = [jobPids(host.home)[0]!, readFileSync(begun, 'utf8')];
    writeFileSync(begun, change(content));
    expect(await jobs.look(TARGET, aJob('').id)).toMatchObject({ kind: 'vanished' });
    signal(-pid, 'SIGKILL');
  });

  it('shows the end of what it printed, readable', async () => {
    const state = await run(`
      i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i + 1)); done
      printf 'a\\0b\\033[31mred\\033[0m\\377\\r\\nReading 5%%\\rReading 100%%\\n'`);
    const { output } = state as { output: string };
    expect(output.length).toBeLessThanOrEqual(16 * 1024);
    expect(output).toMatch(/line 2999\nabred\ufffd\nReading 100%\n$/);
  });

  it('sweeps out what was left there two weeks ago', async () => {
    mkdirSync(spool('forgotten'), { recursive: true });
    mkdirSync(spool('recent'));
    const longAgo = new Date(Date.now() - 16 * 86_400_000);
    utimesSync(spool('forgotten'), longAgo, longAgo);
    await run('true');
    expect(readdirSync(spool()).toSorted()).toEqual([aJob('').id, 'recent']);
  });

  it.each(['../etc', 'a b', '', '-rf', 'a'.repeat(121)])('refuses the id %j', async (id) => {
    await expect(jobs.start(TARGET, aJob('true', { id }))).rejects.toThrow(TypeError);
    await expect(jobs.look(TARGET, id)).rejects.toThrow(TypeError);
  });
});

describe('secrets of a detached job', () => {
  const secrets = { UPDATE_TOOL_PASSWORD: `p'w $x "\n#1` };

  it('reach the script and stay nowhere', async () => {
    const script = `printf %s "$UPDATE_TOOL_PASSWORD" | od -c; ps -eo args | grep -c "[p]'w .x"`;
    const state = await run(script, { secrets });
    expect(state).toMatchObject({ kind: 'ended', output: expect.stringMatching(/^0+ {3}p {3}' {3}w.*\n\d+\n0\n$/) });
    expect(spawnSync('grep', ['-rlF', `p'w $x`, host.home], { encoding: 'utf8' })).toMatchObject({
      status: 1,
      stdout: '',
    });
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith(`msops-job.${aJob('').id}`))).toEqual([]);
  });
});

describe('a host that cannot run a job', () => {
  it('says what sudo said', async () => {
    host.shim('id', 'echo 1000');
    host.shim('sudo', 'echo "sudo: a password is required" >&2; exit 1');
    const refused = jobs.start(TARGET, aJob('true'));
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/apim-1.*a password is required/);
    expect(await jobs.look(TARGET, aJob('').id)).toEqual({ kind: 'absent' });
  });

  it('begins nothing of a job that came incomplete', async () => {
    const cut = createDetachedJobs({
      clock: systemClock,
      executor: {
        run: (target, command, options) =>
          host.executor.run(target, command, { ...options, stdin: options.stdin?.slice(0, -3) }),
      },
    });
    await expect(cut.start(TARGET, aJob('touch "$HOME/ran"'))).rejects.toThrow(/incomplete/);
    expect(await jobs.look(TARGET, aJob('').id)).toEqual({ kind: 'absent' });
    expect(readdirSync(spool(aJob('').id))).toEqual([]);
  });
});
