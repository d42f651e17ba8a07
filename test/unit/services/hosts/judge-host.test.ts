import { describe, expect, it } from 'vitest';
import type { HostSample, ProductSample } from '../../../../src/domain/host-report.ts';
import { orderReports } from '../../../../src/domain/order-reports.ts';
import { judgeHost } from '../../../../src/services/hosts/judge-host.ts';
import { aHeap, aProductSample, aReport, aSample } from '../../../support/builders.ts';
import { aHost } from '../../../support/world.ts';

const { thresholds } = aHost('any');

const verdict = (overrides: Partial<HostSample>) => judgeHost(aSample(overrides), thresholds);
const onProduct = (overrides: Partial<ProductSample>) => verdict({ products: [aProductSample(overrides)] });

describe('judgeHost', () => {
  it('finds nothing on a healthy host', () => {
    expect(verdict({})).toEqual({ level: 'ok', findings: [] });
  });

  it.each([
    { value: 79.9, level: 'ok', text: undefined },
    { value: 80, level: 'warning', text: 'CPU 80 % busy (warning from 80 %)' },
    { value: 89.99, level: 'warning', text: 'CPU 89 % busy (warning from 80 %)' },
    { value: 97.4, level: 'critical', text: 'CPU 97 % busy (critical from 90 %)' },
  ])('calls a CPU that is $value % busy $level', ({ value, level, text }) => {
    const { findings, ...rest } = verdict({ cpuBusyPercent: value });
    expect(rest.level).toBe(level);
    expect(findings[0]?.text).toBe(text);
  });

  it('says numbers and thresholds in words, worst first', () => {
    const { findings } = verdict({
      loadAverage1: 10,
      memoryUsedPercent: 85,
      filesystems: [
        { mount: '/var', usedPercent: 84, inodesUsedPercent: 93, totalBytes: 1, readOnly: false },
        { mount: '/opt', usedPercent: 10, totalBytes: 1, readOnly: true },
      ],
      products: [aProductSample({ heap: aHeap({ oldGenUsedBytes: 95, oldGenMaxBytes: 100 }) })],
    });
    expect(findings).toEqual([
      { level: 'critical', text: '/var 93 % of inodes used (critical from 90 %)' },
      { level: 'critical', text: '/opt is mounted read-only' },
      { level: 'critical', text: 'is: old generation 95 % used (critical from 90 %)' },
      { level: 'warning', text: 'memory 85 % used (warning from 80 %)' },
      { level: 'warning', text: 'load 2.5 per core (warning from 2)' },
      { level: 'warning', text: '/var 84 % full (warning from 80 %)' },
    ]);
  });

  it('takes no missing number for a healthy one', () => {
    const { level, findings } = verdict({ memoryUsedPercent: undefined, filesystems: undefined });
    expect(level).toBe('unknown');
    expect(findings).toEqual([{ level: 'unknown', text: 'not measured: memory, disks' }]);
  });

  it('says of a missing number once what the probe said of it', () => {
    const { findings } = verdict({ memoryUsedPercent: undefined, gaps: ['memory: cat: not found'] });
    expect(findings).toEqual([{ level: 'unknown', text: 'memory: cat: not found' }]);
  });

  it('stays with the worst that is known when something else is not', () => {
    expect(verdict({ cpuBusyPercent: 99, gaps: ['uptime: no output'] }).level).toBe('critical');
  });

  it('tells one thing of a product that does not run', () => {
    const stopped = { running: false, heap: undefined, note: 'no JVM with -Dcarbon.home=/opt/is' } as const;
    const health = [{ name: 'carbon', healthy: false, detail: 'refused' }];
    expect(onProduct({ ...stopped, health })).toEqual({
      level: 'critical',
      findings: [{ level: 'critical', text: 'is is not running: no JVM with -Dcarbon.home=/opt/is' }],
    });
  });

  it('does not pass a product whose process or heap could not be looked at', () => {
    expect(onProduct({ running: undefined, heap: undefined, note: 'could not look' }).level).toBe('unknown');
    expect(onProduct({ heap: undefined }).findings).toEqual([{ level: 'unknown', text: 'is: heap not read' }]);
  });

  it('tells a failed health check from an unknown one', () => {
    const health = [
      { name: 'carbon', healthy: false, detail: '500, expected 200' },
      { name: 'gateway', healthy: undefined, detail: 'neither curl nor wget' },
    ];
    expect(onProduct({ health }).findings).toEqual([
      { level: 'critical', text: 'is: health check carbon failed: 500, expected 200' },
      { level: 'unknown', text: 'is: health check gateway unknown: neither curl nor wget' },
    ]);
  });
});

describe('orderReports', () => {
  it('puts the worst first and counts in names as people do', () => {
    const reports = [
      aReport('mi-10'),
      aReport('mi-2'),
      aReport('c', { level: 'unknown' }),
      aReport('d', { level: 'warning' }),
      aReport('e', { level: 'unreachable' }),
      aReport('f', { level: 'critical' }),
    ];
    expect(orderReports(reports).map(({ host }) => host)).toEqual(['e', 'f', 'd', 'c', 'mi-2', 'mi-10']);
  });
});
