import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { toShell } from '../../../../src/domain/remote-command.ts';
import type { RemoteExecutor, RunOptions } from '../../../../src/domain/remote-executor.ts';

/** A home directory and a PATH on this machine: scripts run for real, as whoever runs the tests. */
export interface LocalHost {
  readonly executor: RemoteExecutor;
  readonly home: string;
  /** A program found before the system's own. */
  shim(name: string, script: string): void;
  /** Ends every job that is still there, and forgets it all. */
  remove(): void;
}

/** @param programs of this machine that it has; without a list: all. */
export function createLocalHost(programs?: readonly string[]): LocalHost {
  const root = mkdtempSync(join(tmpdir(), 'msops-host-'));
  const [home, bin] = [join(root, 'home'), join(root, 'bin')];
  mkdirSync(home);
  mkdirSync(bin);
  function shim(name: string, script: string): void {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  shim('sudo', 'shift; exec "$@"');
  shim('systemctl', 'exit 1');
  shim('systemd-run', 'exit 1');
  for (const program of programs ?? []) {
    // Not a link: a shim of the same name would be written through it, onto the machine's own program.
    const found = execFileSync('/bin/sh', ['-c', 'command -v "$1"', '-', program], { encoding: 'utf8' }).trim();
    shim(program, `exec ${found} "$@"`);
  }
  const path = programs === undefined ? `${bin}:${process.env.PATH}` : bin;

  return {
    home,
    shim,
    executor: {
      run: async (_target, command, { stdin = '' }: RunOptions) => {
        const env = { HOME: home, PATH: path };
        const child = spawn('/bin/sh', ['-c', toShell(command)], { env, stdio: 'pipe' });
        child.stdin.on('error', () => {});
        child.stdin.end(stdin);
        const [stdout, stderr, exitCode] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          new Promise<number | null>((resolve) => child.on('exit', resolve)),
        ]);
        return { exitCode, stdout, stderr, truncated: false, durationMs: 1 };
      },
    },
    remove() {
      for (const pid of jobPids(home)) {
        signal(-pid, 'SIGKILL');
      }
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Process of the job, which leads a session of its own. */
export function jobPids(home: string): readonly number[] {
  const spool = join(home, '.msops/jobs');
  return entries(spool)
    .filter((id) => entries(join(spool, id)).includes('begun'))
    .map((id) => Number(readFileSync(join(spool, id, 'begun'), 'utf8').split(' ')[0]))
    .filter((pid) => pid > 1); // Of 0 the group is the tests' own.
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Ended by itself.
  }
}
