import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { stringify } from 'yaml';
import { freePort } from '../../sandbox/ports.ts';
import { until } from '../support/until.ts';

/** A real Alertmanager or Prometheus on a port of its own, on loopback only. */
export interface StartedProgram {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_MS = 30_000;

export function startAlertmanager(settings: unknown): Promise<StartedProgram> {
  return start(settings, (directory, port) => [
    'prometheus-alertmanager',
    ...[`--config.file=${directory}/settings.yml`, `--storage.path=${directory}/data`],
    ...[`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
  ]);
}

export function startPrometheus(settings: unknown): Promise<StartedProgram> {
  return start(settings, (directory, port) => [
    'prometheus',
    ...[`--config.file=${directory}/settings.yml`, `--storage.tsdb.path=${directory}/data`],
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
}

/** Our own routes on a port of their own. */
export function serveRoutes(routes: Hono): Promise<StartedProgram> {
  return new Promise((resolve) => {
    const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const stop = () => new Promise<void>((stopped) => server.close(() => stopped()));
      resolve({ url: `http://127.0.0.1:${port}`, stop });
    });
  });
}

async function start(
  settings: unknown,
  command: (directory: string, port: number) => readonly string[],
): Promise<StartedProgram> {
  const directory = mkdtempSync(join(tmpdir(), 'msops-monitoring-'));
  writeFileSync(join(directory, 'settings.yml'), stringify(settings));
  const port = await freePort();
  const [program = '', ...args] = command(directory, port);
  const log: string[] = [];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (data) => log.push(`${data}`));
  const url = `http://127.0.0.1:${port}`;
  await until(
    `${program} to be ready`,
    () => {
      if (child.exitCode !== null) {
        throw new Error(`${program} has ended:\n${log.join('').slice(-2_000)}`);
      }
      return fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    READY_MS,
  );
  return { url, stop: () => stopChild(child).then(() => rmSync(directory, { recursive: true, force: true })) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}
