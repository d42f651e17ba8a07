import { afterEach, describe, expect, it } from 'vitest';
import type { HostSample, ProductSample } from '../../src/domain/host-report.ts';
import { parseProbe } from '../../src/services/hosts/parse-probe.ts';
import { buildProbe } from '../../src/services/hosts/probe-command.ts';
import { exec, fault, heal, shell } from './fleet.ts';
import { hostOf } from './fleet-hosts.ts';
import { run } from './over-ssh.ts';

afterEach(() => heal('a1'));

async function probe(name: string): Promise<HostSample> {
  const host = hostOf(name);
  const { stdout, exitCode } = await run(name, buildProbe(host));
  expect(exitCode).toBe(0);
  return parseProbe(stdout, host);
}

async function productOf(name: string): Promise<ProductSample> {
  const product = (await probe(name)).products[0];
  expect(product).toBeDefined();
  return product!;
}

/** A number that a command prints on the host, as root and past the bot. */
async function numberOn(host: string, script: string): Promise<number> {
  const printed = await shell(host, script);
  expect(printed).toMatch(/^\d+(\.\d+)?$/);
  return Number(printed);
}

describe('probe of a real host', () => {
  it('agrees with free, nproc and uptime', async () => {
    const sample = await probe('a1');
    const total = await numberOn('a1', "free -b | awk '/^Mem:/ { print $2 }'");
    const available = await numberOn('a1', "free -b | awk '/^Mem:/ { print $7 }'");
    expect(sample.memoryTotalBytes).toBe(total);
    expect(Math.abs(sample.memoryUsedPercent! - (1 - available / total) * 100)).toBeLessThan(5);
    expect(sample.cores).toBe(await numberOn('a1', 'nproc'));
    const uptime = await numberOn('a1', "cut -d' ' -f1 /proc/uptime");
    expect(uptime - sample.uptimeSeconds!).toBeGreaterThanOrEqual(0);
    expect(uptime - sample.uptimeSeconds!).toBeLessThan(20);
    expect(sample.cpuBusyPercent).toBeGreaterThanOrEqual(0);
    expect(sample.gaps).toEqual([]);
  });

  it('agrees with df, also when the disk fills up', async () => {
    const usedOf = (sample: HostSample) => sample.filesystems?.find(({ mount }) => mount === '/')?.usedPercent;
    const before = await probe('a1');
    expect(
      Math.abs(usedOf(before)! - (await numberOn('a1', "df --output=pcent / | tail -n 1 | tr -d ' %'"))),
    ).toBeLessThan(2);
    const size = await numberOn('a1', "df -B1 --output=size / | tail -n 1 | tr -d ' '");
    expect(before.filesystems?.find(({ mount }) => mount === '/')?.totalBytes).toBe(size);

    await fault('a1', 'disk-full');
    expect(usedOf(await probe('a1'))).toBe(100);
  });

  it('says what is missing when df hangs, and has all the rest', async () => {
    await fault('a1', 'hung-command', 'df');
    const sample = await probe('a1');
    expect(sample.filesystems).toBeUndefined();
    expect(sample.gaps.join()).toMatch(/disk/);
    expect(sample.uptimeSeconds).toBeGreaterThan(0);
    expect(sample.products[0]?.heap).toBeDefined();
  });
});

describe("heap of another user's JVM", () => {
  const pid = '$(cat /opt/wso2/wso2is/wso2carbon.pid)';

  it('agrees with jstat as root', async () => {
    await fault('a1', 'product', 'heap?mb=24');
    const { heap, pid: seenPid } = await productOf('a1');
    const oldUsed = await numberOn(
      'a1',
      `jstat -gc ${pid} | awk 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } NR == 2 { printf "%d", $c["OU"] * 1024 }'`,
    );
    const oldMax = await numberOn(
      'a1',
      `jstat -gccapacity ${pid} | awk 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } NR == 2 { printf "%d", $c["OGCMX"] * 1024 }'`,
    );
    expect(seenPid).toBe(await numberOn('a1', 'cat /opt/wso2/wso2is/wso2carbon.pid'));
    expect(Math.abs(heap!.oldGenUsedBytes - oldUsed)).toBeLessThan(1024);
    expect(heap!.oldGenMaxBytes).toBe(oldMax);
    expect(heap!.usedBytes).toBeGreaterThan(24 * 2 ** 20);
    expect(heap!.maxBytes).toBe(64 * 2 ** 20);
  });

  it('is unknown, with the reason, when ops may not become wso2', async () => {
    await fault('a1', 'no-sudo');
    expect(await exec('a1', 'ls', '/etc/sudoers.d')).not.toMatch(/ops/);
    const { heap, note } = await productOf('a1');
    expect(heap).toBeUndefined();
    expect(note).toMatch(/sudo|password/);
  });

  it('is gone with the JVM', async () => {
    await shell('a1', 'service wso2is stop');
    const { heap, pid: seenPid, note, health } = await productOf('a1');
    expect({ heap, seenPid }).toEqual({ heap: undefined, seenPid: undefined });
    expect(note).toContain('/opt/wso2/wso2is');
    expect(health.map(({ healthy }) => healthy)).toEqual([false, false]);
  });
});

describe('health of a product', () => {
  it('is what the product answers', async () => {
    expect((await productOf('a1')).health).toMatchObject([{ healthy: true }, { healthy: true }]);
    await fault('a1', 'product', 'health?code=503');
    expect((await productOf('a1')).health).toMatchObject([
      { name: 'console', healthy: true },
      { name: 'health', healthy: false, detail: expect.stringContaining('503') },
    ]);
  });

  it('is not healthy when the product hangs', async () => {
    await fault('a1', 'product', 'slow?ms=30000');
    for (const { healthy } of (await productOf('a1')).health) {
      expect(healthy).not.toBe(true);
    }
  });
});
