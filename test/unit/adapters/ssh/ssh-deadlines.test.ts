import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestSshServer } from '../../../support/ssh-server.ts';
import { until } from '../../../support/until.ts';
import { anExecutor, aServer, behind, cleanUp, direct, failureOf, SOON } from './ssh-harness.ts';

describe('a deadline', () => {
  it('ends the process on the host, not only the channel', async () => {
    const host = await aServer();
    const pid = await aPidFile();
    const running = anExecutor().run(direct(host.endpoint('app-1')), pid.command('sleep 300'), { deadlineMs: 700 });
    expect(await failureOf(running)).toMatchObject({
      kind: 'command_timeout',
      hop: 'app-1',
      role: 'host',
      detail: 'after 0.7 s',
    });
    await until('the process is gone', async () => !isAlive(await pid.read()));
  });

  it('ends a process that ignores TERM', async () => {
    const host = await aServer();
    const pid = await aPidFile();
    const executor = anExecutor({ limits: { killAfterSeconds: 1 } });
    const stubborn = pid.command('trap "" TERM; while true; do sleep 0.1; done');
    await failureOf(executor.run(direct(host.endpoint('app-1')), stubborn, { deadlineMs: 700 }));
    await until('the process is gone', async () => !isAlive(await pid.read()));
  });

  it('tells the host itself when to end the command, should we be gone by then', async () => {
    const host = await aServer();
    await anExecutor().run(direct(host.endpoint('app-1')), ['echo', 'a b'], { deadlineMs: 8000 });
    expect(host.commands).toEqual(["exec timeout -k 5 8 echo 'a b' </dev/null"]);
  });

  it('keeps the session of an ended command until its process is gone', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: { killAfterSeconds: 1 } });
    const target = direct(host.endpoint('app-1'));
    const stubborn = ['sh', '-c', 'trap "" TERM; while true; do sleep 0.1; done'];
    await failureOf(executor.run(target, stubborn, { deadlineMs: 500 }));
    expect(executor.stats().channels).toBe(1);
    await until('the session is free', () => executor.stats().channels === 0);
  });

  it('covers a start that the host does not answer, and ends the command when it starts after all', async () => {
    const host = await aServer({ execDelayMs: 600 });
    const pid = await aPidFile();
    const executor = anExecutor();
    const failure = await failureOf(
      executor.run(direct(host.endpoint('app-1')), pid.command('sleep 300'), { deadlineMs: 400 }),
    );
    expect(failure).toMatchObject({ kind: 'connection_lost', detail: 'no answer on the open connection after 0.4 s' });
    await until('the command started late', () => host.processes.length === 1);
    await until('and is gone', () => host.processes[0]?.exitCode !== null || host.processes[0].signalCode !== null);
  });

  it('blames the hop that a caller was waiting for', async () => {
    const bastion = await aServer({ forward: 'ignore' });
    const running = anExecutor().run(behind(bastion.endpoint('bastion'), bastion.endpoint('app-1')), ['true'], {
      deadlineMs: 500,
    });
    expect(await failureOf(running)).toMatchObject({ kind: 'connect_timeout', hop: 'app-1', role: 'host' });
  });

  it('says that all sessions of the host are busy', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: { sessionsPerHost: 1 } });
    const target = direct(host.endpoint('app-1'));
    const hung = failureOf(executor.run(target, ['sleep', '300'], { deadlineMs: 1500 }));
    await until('it runs', () => host.processes.length === 1);
    expect(await failureOf(executor.run(target, ['true'], { deadlineMs: 200 }))).toMatchObject({
      kind: 'too_many_sessions',
      hop: 'app-1',
    });
    await hung;
  });
});

describe('an abort signal', () => {
  it('ends the process and fails the run as canceled', async () => {
    const host = await aServer();
    const pid = await aPidFile();
    const abort = new AbortController();
    const options = { ...SOON, signal: abort.signal };
    const running = failureOf(anExecutor().run(direct(host.endpoint('app-1')), pid.command('sleep 300'), options));
    await until('it runs', () => pid.read().catch(() => undefined));
    abort.abort();
    expect(await running).toMatchObject({ kind: 'canceled', hop: 'app-1', role: 'host' });
    await until('the process is gone', async () => !isAlive(await pid.read()));
  });

  it('sends nothing when it was aborted before', async () => {
    const host = await aServer();
    const options = { ...SOON, signal: AbortSignal.abort() };
    expect(await failureOf(anExecutor().run(direct(host.endpoint('app-1')), ['true'], options))).toMatchObject({
      kind: 'canceled',
    });
    expect(host.commands).toEqual([]);
  });
});

describe('close', () => {
  it('fails what runs as canceled, ends its process, and refuses more', async () => {
    const host = await aServer();
    const executor = anExecutor();
    const target = direct(host.endpoint('app-1'));
    const running = failureOf(executor.run(target, ['sleep', '300'], SOON));
    await executor.run(target, ['true'], SOON); // Answered after the first command's start.
    executor.close();
    expect(await running).toMatchObject({ kind: 'canceled', detail: 'msops is stopping' });
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({ kind: 'canceled' });
    await until('the process is gone', () => host.processes[0]?.signalCode ?? host.processes[0]?.exitCode);
  });
});

describe('slow hosts', () => {
  it('do not delay the hosts of the same bastion', async () => {
    const [bastion, hung] = await Promise.all([aServer(), aServer()]);
    const hosts = await Promise.all(Array.from({ length: 20 }, () => aServer()));
    const executor = anExecutor();
    const via = (host: TestSshServer) => behind(bastion.endpoint('bastion'), host.endpoint('app'));
    const hanging = failureOf(executor.run(via(hung), ['sleep', '300'], { deadlineMs: 20_000 }));
    const results = await Promise.all(hosts.map((host) => executor.run(via(host), ['echo', 'up'], SOON)));
    expect(results.every(({ stdout }) => stdout === 'up\n')).toBe(true);
    expect(await Promise.race([hanging, 'still hanging'])).toBe('still hanging');
    executor.close();
  });

  it('of one customer leave the slots of another alone', async () => {
    const [dead, bastion, host] = await Promise.all([aServer({ forward: 'ignore' }), aServer(), aServer()]);
    const executor = anExecutor({ limits: { connects: 4, connectsPerBastion: 3 } });
    const hanging = Array.from({ length: 20 }, (_, port) =>
      failureOf(
        executor.run(behind(dead.endpoint('b-1'), host.endpoint('x', { port: port + 1 })), ['true'], {
          deadlineMs: 20_000,
        }),
      ),
    );
    await until('the slots are taken', () => dead.counts.forwards === 3);
    const { stdout } = await executor.run(behind(bastion.endpoint('b-2'), host.endpoint('app')), ['echo', 'up'], SOON);
    expect(stdout).toBe('up\n');
    expect(dead.counts.forwards).toBe(3);
    executor.close();
    expect((await Promise.all(hanging)).every(({ kind }) => kind === 'canceled')).toBe(true);
  });

  it.each([
    { what: 'run', execDelayMs: 0, slotHoldMs: 60_000 },
    { what: 'do not answer', execDelayMs: 60_000, slotHoldMs: 100 },
  ])('give their turn to others while they only $what', async ({ execDelayMs, slotHoldMs }) => {
    const [slow, host] = await Promise.all([aServer({ execDelayMs }), aServer()]);
    const executor = anExecutor({ limits: { commands: 1, commandsPerBastion: 1, slotHoldMs } });
    const hanging = failureOf(executor.run(direct(slow.endpoint('slow')), ['sleep', '300'], SOON));
    await until('it is connected', () => slow.counts.logins === 1);
    expect((await executor.run(direct(host.endpoint('app')), ['echo', 'up'], SOON)).stdout).toBe('up\n');
    executor.close();
    await hanging;
  });
});

interface PidFile {
  /** A shell command line that writes its process id first. */
  command(line: string): readonly string[];
  read(): Promise<number>;
}

async function aPidFile(): Promise<PidFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'msops-pid-'));
  cleanUp(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'pid');
  return {
    command: (line) => ['sh', '-c', `echo $$ > "$0"; ${line}`, file],
    async read() {
      const pid = Number(await readFile(file, 'utf8'));
      return pid > 0 ? pid : Promise.reject(new Error('The file has no process id yet.'));
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
