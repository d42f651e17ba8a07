import { describe, expect, it } from 'vitest';
import type { HostReport, ProductSample } from '../../../../src/domain/host-report.ts';
import { createHealthGate } from '../../../../src/services/rollouts/health-gate.ts';
import { judgeReady } from '../../../../src/services/rollouts/judge-ready.ts';
import { aHeap, aLostReport, aProduct, aProductSample, aReport, aSample } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';

const HOST = aHost('is-1', { products: [aProduct()] });

const withProduct = (overrides: Partial<ProductSample>) =>
  aReport('is-1', { sample: aSample({ products: [aProductSample(overrides)] }) });

describe('judgeReady', () => {
  it('passes a host that does its work, however full its disk is', () => {
    const full = { mount: '/', usedPercent: 99, totalBytes: 1, readOnly: false };
    const report = aReport('is-1', {
      level: 'critical',
      findings: [{ level: 'critical', text: '/ 99 % full' }],
      sample: aSample({ filesystems: [full], gaps: ['df hung'] }),
    });
    expect(judgeReady(report, HOST)).toEqual({ healthy: true });
  });

  it.each<[string, HostReport, RegExp]>([
    ['is not reached', aLostReport('is-1'), /^not reached: connection refused at host esb-2$/],
    [
      'could not be checked',
      aReport('is-1', { sample: undefined, findings: [{ level: 'unknown', text: 'the check on the host failed' }] }),
      /^the check on the host failed$/,
    ],
    ['said nothing', aReport('is-1', { sample: undefined }), /^unknown/],
    [
      'has no JVM',
      withProduct({ running: false, note: 'no JVM with -Dcarbon.home=/opt/is' }),
      /^is: is not running: no JVM/,
    ],
    [
      'may have a JVM',
      withProduct({ running: undefined, note: 'sudo failed' }),
      /^is: unknown whether it is running: sudo/,
    ],
    ['has no word of its product', aReport('is-1', { sample: aSample({ products: [] }) }), /^is: unknown whether/],
    [
      'fails a health check',
      withProduct({ health: [{ name: 'carbon', healthy: false, detail: '503' }] }),
      /^is: health check carbon failed: 503$/,
    ],
    [
      'gives no answer to a health check',
      withProduct({ health: [{ name: 'carbon', healthy: undefined, detail: 'no curl' }] }),
      /^is: health check carbon unknown: no curl$/,
    ],
    ['was not asked for its health', withProduct({ health: [] }), /^is: health check carbon unknown$/],
    [
      'has an unknown heap',
      withProduct({ heap: undefined, note: 'heap not readable' }),
      /^is: heap unknown: heap not readable$/,
    ],
    [
      'has a full old generation',
      withProduct({ heap: aHeap({ oldGenUsedBytes: 95, oldGenMaxBytes: 100 }) }),
      /^is: old generation 95 % used \(critical from 90 %\)$/,
    ],
    ['runs twice', withProduct({ note: '2 JVMs with -Dcarbon.home=/opt/is: 1, 2' }), /^is: 2 JVMs/],
  ])('holds a host back that %s', (_, report, reason) => {
    expect(judgeReady(report, HOST)).toEqual({ healthy: false, reason: expect.stringMatching(reason) });
  });

  it("passes a host on which only a service of the customer's own fails", () => {
    const theirs = {
      name: 'payments',
      url: 'https://127.0.0.1:8243/',
      expectedStatus: 200,
      owner: 'customer',
    } as const;
    const host = aHost('is-1', { products: [aProduct({ health: [theirs] })] });
    const failing = { name: 'payments', healthy: false, detail: '503', owner: 'customer' } as const;
    expect(judgeReady(withProduct({ health: [failing] }), host)).toEqual({ healthy: true });
    expect(judgeReady(withProduct({ health: [] }), host)).toEqual({ healthy: true });
  });

  it('passes a warning of the heap', () => {
    const report = withProduct({ heap: aHeap({ oldGenUsedBytes: 85, oldGenMaxBytes: 100 }) });
    expect(judgeReady(report, HOST)).toEqual({ healthy: true });
  });
});

describe('health gate', () => {
  const target = { environment: anEnvironment('acme', 'prod', ['is-1']), host: HOST };
  const sick = withProduct({ running: false });

  function setUp(reports: readonly HostReport[]) {
    const clock = createFixedClock();
    const begun = clock.now().getTime();
    const left = [...reports];
    const checkHost = async () => (left.length > 1 ? left.shift()! : left[0]!);
    const gate = createHealthGate({ checkHost, clock });
    const stop = new AbortController();
    const wait = (deadlineMs: number) => gate.waitUntilHealthy(target, { deadlineMs, signal: stop.signal });
    return { gate, wait, stop, passedMs: () => clock.now().getTime() - begun };
  }

  it('looks until the host is well', async () => {
    const { wait, passedMs } = setUp([aLostReport('is-1'), sick, sick, sick, aReport('is-1')]);
    expect(await wait(600_000)).toEqual({ healthy: true });
    expect(passedMs()).toBe(2000 + 3000 + 4500 + 5000);
  });

  it('says at the deadline what is wrong', async () => {
    const { wait, passedMs } = setUp([sick]);
    expect(await wait(60_000)).toEqual({ healthy: false, reason: expect.stringContaining('is not running') });
    expect(passedMs()).toBe(60_000);
  });

  it('ends with the signal', async () => {
    const { wait, stop } = setUp([sick]);
    stop.abort(new Error('the bot stops'));
    await expect(wait(60_000)).rejects.toThrow('the bot stops');
  });

  it('is one look', async () => {
    const { gate, passedMs } = setUp([sick, aReport('is-1')]);
    expect(await gate.check(target)).toMatchObject({ healthy: false });
    expect(passedMs()).toBe(0);
  });
});
