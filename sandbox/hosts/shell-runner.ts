import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ExecRequest, RunningCommand } from './ssh-server.ts';

export interface ShellRunner {
  run(request: ExecRequest): RunningCommand;
  /** Ends everything that still runs, with what it started. */
  stop(): void;
}

export interface ShellRunnerOptions {
  /** The host's tree; commands start in its `home/ops`. */
  readonly root: string;
  /** `address port` of the host, as `SSH_CONNECTION` shows them. */
  readonly self: string;
  commandStarted?(): void;
  commandEnded?(): void;
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs commands as `sshd` does: the user's shell gets the whole string, in a session of its own. */
export function createShellRunner(options: ShellRunnerOptions): ShellRunner {
  const children = new Set<ChildProcess>();

  function run({ command, channel, client }: ExecRequest): RunningCommand {
    const child = spawn('/bin/sh', ['-c', command], {
      cwd: join(options.root, 'home/ops'),
      env: environment(options, client),
      detached: true,
      stdio: 'pipe',
    });
    children.add(child);
    options.commandStarted?.();
    for (const stream of [channel, child.stdin, child.stdout, child.stderr]) {
      // Either side may be gone first; the exit code tells what happened.
      stream.on('error', () => undefined);
    }
    channel.pipe(child.stdin);
    child.stdout.pipe(channel, { end: false });
    child.stderr.pipe(channel.stderr, { end: false });
    channel.on('close', () => hangUp(child));
    child.on('exit', (code, signal) => (signal ? channel.exit(signal) : channel.exit(code ?? 1)));
    child.on('error', () => channel.exit(127));
    child.on('close', () => {
      children.delete(child);
      options.commandEnded?.();
      channel.end();
    });
    return { signal: (name) => signalGroup(child, `SIG${name}` as NodeJS.Signals) };
  }

  function stop(): void {
    for (const child of children) {
      signalGroup(child, 'SIGKILL');
    }
  }

  return { run, stop };
}

function environment({ root, self }: ShellRunnerOptions, client: ExecRequest['client']): Record<string, string> {
  return {
    HOME: join(root, 'home/ops'),
    USER: 'ops',
    LOGNAME: 'ops',
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    PATH: `${join(root, 'bin')}:${SYSTEM_PATH}`,
    SSH_CONNECTION: `${client.ip} ${client.port} ${self}`,
    MSOPS_HOST_ROOT: root,
  };
}

/** As `sshd` does it: the process lives on until it reads or writes. */
function hangUp(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // Ended a moment ago, or no such signal: a real server says nothing either.
  }
}
