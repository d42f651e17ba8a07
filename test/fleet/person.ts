import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CONFIG = join(process.env.FLEET_RUN ?? '', 'ssh_config');

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Login {
  readonly host: string;
  readonly user: string;
}

/** Somebody of a customer with a key of their own and OpenSSH, from the bot's network by way of the bastion. */
export interface Person {
  /** `ssh-ed25519 AAAA…` */
  readonly publicKey: string;
  /** Logs in and runs one line of shell. Never rejects. */
  run(login: Login, command: string, options?: readonly string[]): Promise<Said>;
  /** A session that stays open; resolves when it is. */
  open(login: Login): Promise<{ readonly closed: Promise<number | null> }>;
  forget(): void;
}

export async function createPerson(): Promise<Person> {
  const directory = mkdtempSync(join(tmpdir(), 'fleet-person-'));
  const key = join(directory, 'key');
  await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const words = ({ host, user }: Login, options: readonly string[] = []) => [
    ...['-F', CONFIG, '-i', key, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=20'],
    ...['-o', 'LogLevel=INFO'],
    ...options,
    ...['-l', user, host],
  ];
  return {
    publicKey: readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
    run: (login, command, options) =>
      new Promise((resolve) => {
        execFile('ssh', [...words(login, options), command], { timeout: 60_000 }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
          resolve({ code, stdout: stdout.trim(), stderr: stderr.trim() });
        });
      }),
    async open(login) {
      const child = spawn('ssh', [...words(login), 'echo open; exec sleep 600'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
      const opened = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      await Promise.race([opened, closed]);
      return { closed };
    },
    forget: () => rmSync(directory, { recursive: true, force: true }),
  };
}
