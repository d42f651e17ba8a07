import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RemoteCommand } from '../../../../src/domain/remote-command.ts';
import { until } from '../../../support/until.ts';
import { anExecutor, aServer, behind, direct, SOON } from './ssh-harness.ts';

describe('createSshExecutor', () => {
  it('returns exit code, stdout and stderr of a command', async () => {
    const host = await aServer();
    const result = await anExecutor().run(
      direct(host.endpoint('app-1')),
      ['sh', '-c', 'echo out; echo err >&2; exit 3'],
      SOON,
    );
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', truncated: false });
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('tells a command killed by a signal from one that exited', async () => {
    const host = await aServer({
      exec: (_command, channel) => {
        channel.exit('KILL', false, '');
        channel.end();
      },
    });
    const result = await anExecutor().run(direct(host.endpoint('app-1')), ['true'], SOON);
    expect(result).toMatchObject({ exitCode: null, exitSignal: 'SIGKILL' });
  });

  it('gives the command stdin and then its end', async () => {
    const host = await aServer();
    const result = await anExecutor().run(direct(host.endpoint('app-1')), ['cat'], { ...SOON, stdin: 'héllo\n' });
    expect(result.stdout).toBe('héllo\n');
  });

  it('gives a command without stdin an end at once', async () => {
    const host = await aServer();
    const result = await anExecutor().run(direct(host.endpoint('app-1')), ['cat'], SOON);
    expect(result).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('reaches fifty hosts over one connection to the bastion', async () => {
    const bastion = await aServer();
    const hosts = await Promise.all(Array.from({ length: 50 }, () => aServer()));
    const executor = anExecutor();
    const results = await Promise.all(
      hosts.map((host, index) =>
        executor.run(behind(bastion.endpoint('bastion'), host.endpoint(`app-${index}`)), ['echo', `${index}`], SOON),
      ),
    );
    expect(results.map(({ stdout }) => stdout)).toEqual(hosts.map((_, index) => `${index}\n`));
    expect(bastion.counts).toMatchObject({ connections: 1, logins: 1, forwards: 50 });
    expect(hosts.every(({ counts }) => counts.logins === 1)).toBe(true);
    expect(executor.stats()).toMatchObject({ connections: 51, connecting: 0, waiting: 0 });
  });

  it('shares one connection among callers who come at once and those who come later', async () => {
    const host = await aServer();
    const executor = anExecutor();
    const target = direct(host.endpoint('app-1'));
    await Promise.all(Array.from({ length: 20 }, () => executor.run(target, ['true'], SOON)));
    await executor.run(target, ['true'], SOON);
    expect(host.counts.connections).toBe(1);
  });

  it('goes through a chain of bastions, each shared', async () => {
    const [outer, inner, first, second] = await Promise.all([aServer(), aServer(), aServer(), aServer()]);
    const executor = anExecutor();
    const path = { bastions: [outer.endpoint('outer'), inner.endpoint('inner')] };
    const runs = [first, second].map((host) => executor.run(direct(host.endpoint('app'), path), ['echo', 'hi'], SOON));
    expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(['hi\n', 'hi\n']);
    expect([outer.counts.connections, inner.counts.connections]).toEqual([1, 1]);
    expect([outer.counts.forwards, inner.counts.forwards]).toEqual([1, 2]);
  });

  it('opens a second connection to a bastion whose channels are used up', async () => {
    const bastion = await aServer();
    const hosts = await Promise.all(Array.from({ length: 5 }, () => aServer()));
    const executor = anExecutor({ limits: { channelsPerConnection: 2 } });
    await Promise.all(
      hosts.map((host) => executor.run(behind(bastion.endpoint('bastion'), host.endpoint('app')), ['true'], SOON)),
    );
    expect(bastion.counts.connections).toBe(3);
  });

  it('primes a bastion with one command, so that its packets do not wait', async () => {
    const [bastion, host] = await Promise.all([aServer(), aServer()]);
    const executor = anExecutor();
    const target = behind(bastion.endpoint('bastion'), host.endpoint('app'));
    await executor.run(target, ['true'], SOON);
    await executor.run(target, ['true'], SOON);
    expect(bastion.commands).toEqual(['true']);
  });

  it('never runs more than eight commands on one host, and runs all of them', async () => {
    let running = 0;
    let most = 0;
    const host = await aServer({
      exec: (_command, channel) => {
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          channel.exit(0);
          channel.end();
        }, 20);
      },
    });
    const executor = anExecutor();
    const runs = Array.from({ length: 30 }, () => executor.run(direct(host.endpoint('app')), ['true'], SOON));
    expect((await Promise.all(runs)).every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(most).toBe(8);
  });

  it('tries again when a host has fewer sessions free than usual', async () => {
    const host = await aServer({ maxSessions: 2 });
    const executor = anExecutor({ limits: { sessionsPerHost: 3 } });
    const runs = Array.from({ length: 3 }, () =>
      executor.run(direct(host.endpoint('app')), ['sleep', '0.05'], SOON).then(({ exitCode }) => exitCode),
    );
    expect(await Promise.all(runs)).toEqual([0, 0, 0]);
  });

  it('ends an idle connection, and the bastion after it', async () => {
    const [bastion, host] = await Promise.all([aServer(), aServer()]);
    const executor = anExecutor({ limits: { idleMs: 30 } });
    const target = behind(bastion.endpoint('bastion'), host.endpoint('app'));
    await executor.run(target, ['true'], SOON);
    await until('all connections ended', () => executor.stats().connections === 0);
    expect((await executor.run(target, ['echo', 'again'], SOON)).stdout).toBe('again\n');
    expect(bastion.counts.connections).toBe(2);
  });

  it('connects anew when the host dropped the idle connection', async () => {
    const host = await aServer();
    const executor = anExecutor();
    const target = direct(host.endpoint('app'));
    await executor.run(target, ['true'], SOON);
    host.dropAll();
    await until('the loss is noticed', () => executor.stats().connections === 0);
    expect((await executor.run(target, ['echo', 'again'], SOON)).stdout).toBe('again\n');
  });

  it('does not share a connection between different pinned keys', async () => {
    const host = await aServer();
    const other = await aServer();
    const executor = anExecutor();
    await executor.run(direct(host.endpoint('app')), ['true'], SOON);
    const hostKeys = [host.hostKey, other.hostKey];
    await executor.run(direct(host.endpoint('app', { hostKeys })), ['true'], SOON);
    expect(host.counts.connections).toBe(2);
  });

  it('keeps the first bytes of each stream, reads the rest, and says so', async () => {
    const host = await aServer();
    const command = [
      'sh',
      '-c',
      'head -c 6000000 /dev/zero | tr "\\0" o; head -c 6000000 /dev/zero | tr "\\0" e >&2; echo end',
    ];
    const result = await anExecutor().run(direct(host.endpoint('app')), command, { ...SOON, maxOutputBytes: 1000 });
    expect(result).toMatchObject({ exitCode: 0, truncated: true, stdout: 'o'.repeat(1000), stderr: 'e'.repeat(1000) });
  });

  it('leaves out the half of a character at the cut', async () => {
    const host = await aServer();
    const result = await anExecutor().run(direct(host.endpoint('app')), ['printf', 'aé'], {
      ...SOON,
      maxOutputBytes: 2,
    });
    expect(result).toMatchObject({ stdout: 'a', truncated: true });
  });

  it('does not wait for a child that keeps the output open', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: { exitGraceMs: 50 } });
    const result = await executor.run(direct(host.endpoint('app')), ['sh', '-c', 'sleep 20 & echo done'], SOON);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(result.durationMs).toBeLessThan(10_000);
  });

  it('hands hostile arguments to the command as they are', async () => {
    const host = await aServer();
    const executor = anExecutor();
    const target = direct(host.endpoint('app'));
    const hostile = fc.array(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(hostile, async (args) => {
        const command: RemoteCommand = ['printf', '%s\\0', ...args];
        const { stdout } = await executor.run(target, command, SOON);
        expect(stdout.split('\0').slice(0, -1)).toEqual(args);
      }),
      { numRuns: 60 },
    );
  });
});

const nasty = fc
  .array(fc.constantFrom('$(id)', '`id`', "'", '"', '\\', ';', '&', '|', '\n', '$HOME', '*', '!', '#', ' ', '~', 'é'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
