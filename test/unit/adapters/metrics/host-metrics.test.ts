import { describe, expect, it } from 'vitest';
import { createHostMetrics } from '../../../../src/adapters/metrics/host-metrics.ts';
import type { HostReport } from '../../../../src/domain/host-report.ts';
import type { Customer } from '../../../../src/domain/inventory.ts';
import { aLostReport, aProductSample, aReport, aSample } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { anEnvironment } from '../../../support/world.ts';

const ACME: Customer = {
  id: 'acme',
  name: 'Acme Bank',
  channels: [],
  environments: [anEnvironment('acme', 'prod', [])],
};

async function linesOf(reports: readonly HostReport[], clock = createFixedClock()): Promise<readonly string[]> {
  const { text } = await createHostMetrics({ clock, latest: async () => reports })(ACME);
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
const where = 'environment="prod",host="mi-1"';

describe("metrics of a customer's hosts", () => {
  it('have base units, and shares from 0 to 1', async () => {
    const lines = await linesOf([aReport('mi-1')]);
    expect(lines).toEqual(
      expect.arrayContaining([
        `msops_host_sample_age_seconds{${where}} 0`,
        `msops_host_up{${where}} 1`,
        `msops_host_cpu_busy_ratio{${where}} 0.125`,
        `msops_filesystem_used_ratio{${where},mountpoint="/"} 0.34`,
        `msops_filesystem_readonly{${where},mountpoint="/"} 0`,
        `msops_jvm_heap_used_bytes{${where},product="is"} 536870912`,
        `msops_application_up{${where},product="is"} 1`,
        `msops_health_check_up{${where},product="is",check="carbon",owner="operations"} 1`,
      ]),
    );
  });

  it('leave out what is unknown', async () => {
    const products = [aProductSample({ running: undefined, heap: undefined, health: [] })];
    const lines = await linesOf([aReport('mi-1', { sample: { products, gaps: [] } })]);
    expect(lines).toEqual([`msops_host_sample_age_seconds{${where}} 0`, `msops_host_up{${where}} 1`]);
    expect(await linesOf([aReport('mi-1', { level: 'unknown', sample: undefined })])).toHaveLength(1);
    expect(await linesOf([aLostReport('mi-1', { kind: 'canceled' })])).toHaveLength(1);
  });

  it('say of a host that was not reached that it is down, and nothing else', async () => {
    expect(await linesOf([aLostReport('mi-1')])).toEqual([
      `msops_host_sample_age_seconds{${where}} 0`,
      `msops_host_up{${where}} 0`,
    ]);
  });

  it('know nothing but its age of a check that is old', async () => {
    const clock = createFixedClock();
    clock.advance(301_000);
    expect(await linesOf([aReport('mi-1')], clock)).toEqual([`msops_host_sample_age_seconds{${where}} 301`]);
  });

  it("do not call a product down for a customer's service on it", async () => {
    const health = [{ name: 'orders', healthy: false, detail: '503', owner: 'customer' as const }];
    const lines = await linesOf([aReport('mi-1', { sample: aSample({ products: [aProductSample({ health })] }) })]);
    expect(lines).toContain(`msops_application_up{${where},product="is"} 1`);
    expect(lines).toContain(`msops_health_check_up{${where},product="is",check="orders",owner="customer"} 0`);
  });

  it('quote what names hold', async () => {
    const filesystems = [{ mount: '/a"b\\c\nd', usedPercent: 1, totalBytes: 1, readOnly: false }];
    const lines = await linesOf([aReport('mi-1', { sample: { products: [], gaps: [], filesystems } })]);
    expect(lines).toContain(`msops_filesystem_used_ratio{${where},mountpoint="/a\\"b\\\\c\\nd"} 0.01`);
  });
});
