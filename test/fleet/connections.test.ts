import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import { exec, fault, heal, powerCycle, shell, targetOf } from './fleet.ts';
import { failureIn, openExecutor } from './over-ssh.ts';

let executor: SshExecutor;

beforeEach(() => {
  executor = openExecutor();
});

afterEach(async () => {
  executor.close();
  await heal('bastion', 'a1');
});

const deadlineMs = 30_000;

async function hostnameOf(host: string): Promise<string> {
  return (await executor.run(targetOf(host), ['hostname'], { deadlineMs })).stdout.trim();
}

/** Processes with this word as their only argument; the pattern does not match the search itself. */
function countOn(host: string, command: string, word: string): Promise<string> {
  return shell(host, `pgrep -c -f '^${command} [${word[0]}]${word.slice(1)}$' || true`);
}

describe('a bastion that goes away in the middle of a run', () => {
  it('fails the run with its own name, and the next run works', async () => {
    expect(await hostnameOf('a1')).toBe('a1');
    const running = failureIn(executor.run(targetOf('a1'), ['sleep', '4321'], { deadlineMs }));
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4321')) !== '0', { timeout: 20_000 });
    await fault('bastion', 'ssh-restart');
    expect(await running).toMatchObject({ kind: 'connection_lost', role: 'bastion', hop: 'bastion' });
    expect(await hostnameOf('a1')).toBe('a1');
    expect(await hostnameOf('a2')).toBe('a2');
  });

  it('is found again after a power cut', async () => {
    expect(await hostnameOf('a1')).toBe('a1');
    await powerCycle('bastion');
    await vi.waitFor(async () => expect(await hostnameOf('a1')).toBe('a1'), { timeout: 60_000, interval: 500 });
  });
});

describe('a command that hangs', () => {
  it('is gone from the host after its deadline', async () => {
    const running = failureIn(executor.run(targetOf('a1'), ['sleep', '4322'], { deadlineMs: 3_000 }));
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4322')) !== '0', { timeout: 3_000 });
    expect(await running).toMatchObject({ kind: 'command_timeout', role: 'host', hop: 'a1' });
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4322')) === '0', { timeout: 20_000 });
  });

  it('is gone too when it ignores TERM', async () => {
    const deaf = ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done', 'deaf-4323'];
    const deafOnes = () => shell('a1', 'pgrep -c -f "[d]eaf-4323$" || true');
    const running = failureIn(executor.run(targetOf('a1'), deaf, { deadlineMs: 3_000 }));
    await vi.waitUntil(async () => (await deafOnes()) !== '0', { timeout: 3_000 });
    expect(await running).toMatchObject({ kind: 'command_timeout' });
    await vi.waitUntil(async () => (await deafOnes()) === '0', { timeout: 30_000 });
  });

  it('is gone too when it runs as another user', async () => {
    const command = ['sudo', '-n', '-u', 'wso2', 'sleep', '4324'];
    const running = failureIn(executor.run(targetOf('a1'), command, { deadlineMs: 3_000 }));
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4324')) !== '0', { timeout: 3_000 });
    expect(await running).toMatchObject({ kind: 'command_timeout' });
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4324')) === '0', { timeout: 20_000 });
  });

  it('is gone after the caller called it off', async () => {
    const calledOff = new AbortController();
    const options = { deadlineMs, signal: calledOff.signal };
    const running = failureIn(executor.run(targetOf('a1'), ['sleep', '4325'], options));
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4325')) !== '0', { timeout: 20_000 });
    calledOff.abort();
    expect(await running).toMatchObject({ kind: 'canceled' });
    await vi.waitUntil(async () => (await countOn('a1', 'sleep', '4325')) === '0', { timeout: 20_000 });
  });

  it('does not keep the next one waiting', async () => {
    const hanging = Array.from({ length: 7 }, () =>
      failureIn(executor.run(targetOf('a1'), ['sleep', '4326'], { deadlineMs: 8_000 })),
    );
    expect(await hostnameOf('a1')).toBe('a1');
    await Promise.all(hanging);
  });
});

describe('a command with odd arguments', () => {
  it('gets them as they are', async () => {
    const odd = ["it's", '$(reboot)', '`id`', 'a;b|c&d', '*', '', 'ümlaut\nline', '"'];
    const { stdout } = await executor.run(targetOf('a1'), ['printf', '%s\\0', ...odd], { deadlineMs });
    expect(stdout.split('\0').slice(0, -1)).toEqual(odd);
  });

  it('says how it was killed', async () => {
    const result = await executor.run(targetOf('a1'), ['sh', '-c', 'kill -KILL $$'], { deadlineMs });
    expect(result.exitCode === null ? result.exitSignal : result.exitCode).toBeOneOf(['KILL', 'SIGKILL', 137]);
  });
});

describe('an open connection', () => {
  it('is shared by all commands of a host', async () => {
    await Promise.all(Array.from({ length: 20 }, () => hostnameOf('a1')));
    const sessions = await exec('a1', 'sh', '-c', 'pgrep -c -f "sshd: [o]ps@"');
    expect(Number(sessions)).toBe(1);
  });
});
