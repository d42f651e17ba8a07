import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../sandbox/ports.ts';
import { mustRun } from '../status/shell.ts';
import { BLOCK_HOURS } from './export.ts';

export interface Prometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** What `prometheus` of Debian is; `undefined` when it is not installed. */
export async function prometheusVersion(): Promise<string | undefined> {
  const said = await mustRun('prometheus --version && command -v promtool').catch(() => undefined);
  return said?.split(/[,(]/).slice(1, 2).join('').trim();
}

export async function importBlocks(files: readonly string[], directory: string): Promise<void> {
  const flags = `--quiet --max-block-duration=${BLOCK_HOURS}h`;
  for (const file of files) {
    await mustRun(`promtool tsdb create-blocks-from openmetrics ${flags} ${file} ${directory} >/dev/null; rm ${file}`);
  }
}

/** @param exporter port of a target to scrape each second. */
export async function startPrometheus(directory: string, exporter: number): Promise<Prometheus> {
  const config = join(directory, 'prometheus.yml');
  const target = `{targets: ['127.0.0.1:${exporter}']}`;
  writeFileSync(config, `scrape_configs: [{job_name: hosts, scrape_interval: 1s, static_configs: [${target}]}]\n`);
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      ...[`--config.file=${config}`, `--storage.tsdb.path=${join(directory, 'data')}`, '--log.level=error'],
      ...['--storage.tsdb.retention.time=10y', `--storage.tsdb.max-block-duration=${BLOCK_HOURS}h`],
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error('Prometheus did not start');
    }
    await delay(50);
  }
}
