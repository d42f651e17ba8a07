import { describe, expect, it } from 'vitest';
import { toSample } from '../../../../src/services/monitoring/to-sample.ts';
import { aLostReport, aProductSample, aReport, aSample, NOW } from '../../../support/builders.ts';

const PROD = { customer: 'acme', name: 'prod' };
const valuesOf = (sample: Parameters<typeof aSample>[0]) =>
  toSample(PROD, aReport('is-1', { sample: aSample(sample) })).values;

describe('toSample', () => {
  it('has a number for each thing that was read', () => {
    expect(toSample(PROD, aReport('is-1'))).toEqual({
      ...{ customer: 'acme', environment: 'prod', host: 'is-1', at: NOW },
      values: {
        reachable: 1,
        cpu_busy_percent: 12.5,
        load_per_core: 0.3,
        memory_used_percent: 55.5,
        disk_used_percent_max: 34,
        inodes_used_percent_max: 5,
        heap_used_percent: 51.2,
        old_gen_used_percent: 40,
        applications_healthy: 1,
        applications: 1,
      },
    });
  });

  it('has nothing but that for a host that is not reached', () => {
    expect(toSample(PROD, aLostReport('is-1')).values).toEqual({ reachable: 0 });
  });

  it('knows nothing of a host whose check failed', () => {
    expect(toSample(PROD, { host: 'is-1', role: 'x', checkedAt: NOW, level: 'unknown', findings: [] }).values).toEqual(
      {},
    );
  });

  it('leaves out what could not be read, which is not 0', () => {
    const values = valuesOf({ cores: undefined, filesystems: undefined, cpuBusyPercent: undefined });
    for (const metric of ['load_per_core', 'disk_used_percent_max', 'inodes_used_percent_max', 'cpu_busy_percent']) {
      expect(values).not.toHaveProperty(metric);
    }
  });

  it('counts applications, and does not count when it is not known of one', () => {
    const sick = aProductSample({ running: false, health: [] });
    const hidden = aProductSample({ running: undefined, health: [] });
    expect(valuesOf({ products: [aProductSample(), sick] })).toMatchObject({
      applications: 2,
      applications_healthy: 1,
    });
    expect(valuesOf({ products: [aProductSample(), hidden] })).not.toHaveProperty('applications_healthy');
  });

  it("does not count a service of the customer's own as ours", () => {
    const theirs = { name: 'payments', healthy: false, detail: '503', owner: 'customer' } as const;
    expect(valuesOf({ products: [aProductSample({ health: [theirs] })] })).toMatchObject({ applications_healthy: 1 });
  });
});
