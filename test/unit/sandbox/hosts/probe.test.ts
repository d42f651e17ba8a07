import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostPlan } from '../../../../sandbox/hosts/host-plan.ts';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { WORLD } from '../../../../sandbox/hosts/world.ts';
import type { Host, Product } from '../../../../src/domain/inventory.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import { buildProbe } from '../../../../src/services/hosts/probe-command.ts';
import { runOn } from './ssh-client.ts';

describe('sandbox host under the probe of the bot', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-probe-'));
  let hosts: RunningHosts;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });

  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('answers every part, with the numbers of its plan', async () => {
    const parts = await probe(hosts, 'mi-2');

    expect(parts.failed).toEqual([]);
    expect(parts.lines('cores')).toEqual(['4']);
    expect(parts.lines('filesystems')).toContainEqual(
      expect.stringMatching(/^\/dev\/vdb1 104857600 92% \d+ \d+% \/var$/),
    );
    expect(parts.lines('memory')[0]).toMatch(/^MemTotal: +8388608 kB$/);
    expect(parts.lines('pid.0')).toEqual(['1560']);
    expect(parts.lines('health.0.1')).toEqual(['200']);
    expect(Number.parseFloat(parts.lines('uptime')[0] ?? '')).toBeGreaterThan(12 * 86_400);
  });

  it('is as busy between the two reads as its plan says', async () => {
    const parts = await probe(hosts, 'apim-1');
    const [before, after] = [parts.lines('cpu1'), parts.lines('cpu2')].map((lines) => ticks(lines[0]));
    const spent = after!.map((value, index) => value - before![index]!);
    const total = spent.reduce((sum, value) => sum + value, 0);

    expect(total).toBeGreaterThan(0);
    const busy = 100 * (1 - (spent[3]! + spent[4]!) / total);
    expect(busy).toBeGreaterThan(25);
    expect(busy).toBeLessThan(45);
  });

  it('hands out the perf data file of its JVM', async () => {
    const parts = await probe(hosts, 'is-1');
    const perfData = gunzipSync(Buffer.from(parts.lines('heap.0').join(''), 'base64'));
    expect(perfData.readUInt32BE(0)).toBe(0xcafec0c0);
  });

  it('says of a stopped product that nothing runs and nothing listens', async () => {
    const parts = await probe(hosts, 'gw-2');
    expect(parts.failed).toEqual(['pid.0=1', 'health.0.0=7', 'health.0.1=7']);
    expect(parts.lines('health.0.0')).toEqual(['000']);
  });
});

async function probe(hosts: RunningHosts, name: string) {
  const plan = WORLD.flatMap(({ environments }) => environments)
    .flatMap((environment) => environment.hosts)
    .find((host) => host.name === name)!;
  const { stdout } = await runOn(hosts, name, toShell(buildProbe(asHost(plan))));
  const output = stdout.trim().split('\n');
  expect(output.at(-1)).toBe('end=0');
  return {
    failed: output.filter((line) => /^[\w.]+=[1-9]\d*$/.test(line)),
    lines: (part: string) =>
      output.filter((line) => line.startsWith(`${part}|`)).map((line) => line.slice(part.length + 1)),
  };
}

/** As the configuration would name it. */
function asHost({ name, role, product }: HostPlan): Host {
  const health = product?.health.map(({ url }) => ({ name: url, url, expectedStatus: 200 })) ?? [];
  const products: Product[] = product
    ? [{ name: product.kind, home: product.home, serviceUser: product.serviceUser, health }]
    : [];
  return { name, role, products } as unknown as Host;
}

function ticks(line = ''): number[] {
  return line.split(/ +/).slice(1).map(Number);
}
