import type { HopFailureFacts } from '../../src/domain/hop-failure.ts';
import type { HeapSample, HostReport, HostSample, ProductSample } from '../../src/domain/host-report.ts';
import type { Product } from '../../src/domain/inventory.ts';

const MEBIBYTE = 1024 * 1024;

/** When the tests take place. */
export const NOW = new Date('2026-03-01T03:00:00Z');

export function aProduct(overrides: Partial<Product> = {}): Product {
  return {
    name: 'is',
    home: '/opt/wso2/wso2is-5.11.0',
    serviceUser: 'wso2',
    health: [{ name: 'carbon', url: 'https://localhost:9443/carbon/admin/login.jsp', expectedStatus: 200 }],
    ...overrides,
  };
}

/** 40 % of the old generation is used. */
export function aHeap(overrides: Partial<HeapSample> = {}): HeapSample {
  return {
    usedBytes: 512 * MEBIBYTE,
    maxBytes: 1000 * MEBIBYTE,
    oldGenUsedBytes: 400 * MEBIBYTE,
    oldGenMaxBytes: 1000 * MEBIBYTE,
    collector: 'G1',
    ...overrides,
  };
}

export function aProductSample(overrides: Partial<ProductSample> = {}): ProductSample {
  return {
    name: 'is',
    running: true,
    pid: 1560,
    heap: aHeap(),
    health: [{ name: 'carbon', healthy: true, detail: '200' }],
    ...overrides,
  };
}

/** A host without a care. */
export function aSample(overrides: Partial<HostSample> = {}): HostSample {
  return {
    cpuBusyPercent: 12.5,
    cpuStealPercent: 0,
    cores: 4,
    loadAverage1: 1.2,
    memoryTotalBytes: 8 * 1024 * MEBIBYTE,
    memoryUsedPercent: 55.5,
    filesystems: [{ mount: '/', usedPercent: 34, inodesUsedPercent: 5, totalBytes: 1e11, readOnly: false }],
    uptimeSeconds: 12 * 86_400,
    products: [aProductSample()],
    gaps: [],
    ...overrides,
  };
}

export function aReport(host: string, overrides: Partial<HostReport> = {}): HostReport {
  return { host, role: 'gateway', checkedAt: NOW, level: 'ok', findings: [], sample: aSample(), ...overrides };
}

export function aHopFailure(overrides: Partial<HopFailureFacts> = {}): HopFailureFacts {
  return { kind: 'connection_refused', hop: 'esb-2', role: 'host', address: '192.0.2.7:22', ...overrides };
}

/** A host that could not be reached. */
export function aLostReport(host: string, failure: Partial<HopFailureFacts> = {}): HostReport {
  const { sample: _sample, ...report } = aReport(host, { level: 'unreachable', failure: aHopFailure(failure) });
  return report;
}
