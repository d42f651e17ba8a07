import { describe, expect, it } from 'vitest';
import type { HostReport, HostSample } from '../../../../src/domain/host-report.ts';
import { readHost } from '../../../../src/services/alerts/read-host.ts';
import type { Reading } from '../../../../src/services/alerts/reading.ts';
import { aHeap, aLostReport, aProduct, aProductSample, aReport, aSample } from '../../../support/builders.ts';
import { aHost } from '../../../support/world.ts';

const HOST = aHost('apim-1', { products: [aProduct()] });
const read = (report: HostReport): readonly Reading[] => readHost(report, HOST);
const readSample = (sample: Partial<HostSample>): readonly Reading[] =>
  read(aReport('apim-1', { sample: aSample(sample) }));
const of = (readings: readonly Reading[], signal: string, subject = ''): string | undefined => {
  const found = readings.find((reading) => reading.signal === signal && reading.subject === subject);
  return found && `${found.level}${found.isClear ? ' clear' : ''}: ${found.text}`;
};
const aDisk = (usedPercent: number, more: object = {}) =>
  readSample({
    filesystems: [{ mount: '/var', usedPercent, inodesUsedPercent: 5, totalBytes: 1, readOnly: false, ...more }],
  });

describe('readHost', () => {
  it('reads everything of a host without a care as clear', () => {
    const readings = readSample({});
    expect(new Set(readings.map(({ signal }) => signal)).size).toBe(9);
    expect(readings.filter(({ isClear, level }) => !isClear || level !== 'ok')).toEqual([]);
  });

  it.each([
    [76.9, 'ok clear: /var 76 % full'],
    [77, 'ok: /var 77 % full'],
    [80, 'warning: /var 80 % full (warning from 80 %)'],
    [93.7, 'critical: /var 93 % full (critical from 90 %)'],
  ])('reads a disk that is %s %% full', (percent, expected) => {
    expect(of(aDisk(percent), 'disk', '/var')).toBe(expected);
  });

  it.each([
    ['cpu', { cpuBusyPercent: 69.9 }, 'ok clear: CPU 69 % busy'],
    ['cpu', { cpuBusyPercent: 70 }, 'ok: CPU 70 % busy'],
    ['memory', { memoryUsedPercent: 75 }, 'ok: memory 75 % used'],
    ['memory', { memoryUsedPercent: 90 }, 'critical: memory 90 % used (critical from 90 %)'],
    ['load', { loadAverage1: 9 }, 'warning: load 2.3 per core (warning from 2)'],
    ['load', { cores: undefined }, 'unknown: load: not measured'],
    ['cpu', { cpuBusyPercent: undefined, gaps: ['CPU: no answer'] }, 'unknown: CPU: no answer'],
    ['memory', { memoryUsedPercent: undefined }, 'unknown: memory: not measured'],
    ['disk', { filesystems: undefined, gaps: ['disks: df hung'] }, 'unknown: disks: df hung'],
    ['disk', { gaps: ['df got no answer from a filesystem'] }, 'unknown: df got no answer from a filesystem'],
    ['inodes', { filesystems: undefined }, 'unknown: inodes: not measured'],
  ])('reads %s of %o', (signal, sample, expected) => {
    expect(of(readSample(sample), signal)).toBe(expected);
  });

  it('reads a filesystem that became read-only as critical, however empty', () => {
    expect(of(aDisk(3, { readOnly: true }), 'disk', '/var')).toBe('critical: /var is mounted read-only');
    expect(of(aDisk(3, { inodesUsedPercent: 85 }), 'inodes', '/var')).toMatch(/^warning/);
  });

  it.each([
    [{ running: false, note: 'no JVM' }, 'critical: is is not running: no JVM', undefined],
    [{ running: undefined, note: 'ps hung', heap: undefined }, 'unknown: is: ps hung', 'unknown: is: ps hung'],
    [{ note: 'no right', heap: undefined }, 'ok clear: is is healthy', 'unknown: is: no right'],
    [
      { heap: aHeap({ oldGenUsedBytes: 71, oldGenMaxBytes: 100 }) },
      'ok clear: is is healthy',
      'ok: is: old generation 71 % used',
    ],
    [{ heap: aHeap({ oldGenMaxBytes: 0 }) }, 'ok clear: is is healthy', 'unknown: is: heap not read'],
    [
      { health: [{ name: 'carbon', healthy: false, detail: '503' }] },
      'critical: is: health check carbon (503) failed',
      'ok clear: is: old generation 40 % used',
    ],
    [
      { health: [{ name: 'carbon', healthy: undefined, detail: 'no curl' }] },
      'unknown: is: health check carbon (no curl) unknown',
      'ok clear: is: old generation 40 % used',
    ],
  ])('reads a product of %o', (product, application, heap) => {
    const readings = readSample({ products: [aProductSample(product)] });
    expect(of(readings, 'application', 'is')).toBe(application);
    expect(of(readings, 'heap', 'is')).toBe(heap);
  });

  it('reads nothing but the way of a host that is not reached', () => {
    expect(read(aLostReport('apim-1', { hop: 'apim-1' }))).toEqual([
      expect.objectContaining({ signal: 'missing', level: 'ok' }),
      expect.objectContaining({
        signal: 'reachability',
        level: 'critical',
        text: 'cannot be reached: connection refused',
      }),
    ]);
    const behind = read(aLostReport('apim-1', { hop: 'bastion-1', role: 'bastion' }));
    expect(behind[1]).toMatchObject({ hop: 'bastion-1', text: 'cannot be reached: connection refused at bastion-1' });
  });

  it('says nothing of a check that was canceled', () => {
    expect(read(aLostReport('apim-1', { kind: 'canceled' }))).toEqual([]);
  });

  it('reads a check that gave nothing as missing, and nothing as fine', () => {
    const { sample: _none, ...report } = aReport('apim-1', {
      findings: [{ level: 'unknown', text: 'the check failed' }],
    });
    const readings = read(report);
    expect(of(readings, 'missing', 'check')).toBe('unknown: the check failed');
    expect(readings.map(({ signal }) => signal)).toEqual(['missing', 'missing']);
    expect(of(readSample({ gaps: ['the answer of the probe was cut'] }), 'missing', 'check')).toMatch(/^unknown/);
  });
});
