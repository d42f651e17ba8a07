import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { judgeHost } from '../../../../src/services/hosts/judge-host.ts';
import { parseProbe } from '../../../../src/services/hosts/parse-probe.ts';
import { aProduct } from '../../../support/builders.ts';
import { aHost } from '../../../support/world.ts';

const HOST = aHost('is-1', { products: [aProduct()] });

const PERF_DATA = readFileSync(new URL('./fixtures/g1.hsperfdata.gz', import.meta.url)).toString('base64');

/** What the probe prints on a healthy host. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  cpu1: ['cpu  1000 0 500 8000 100 0 20 30 0 0'],
  cpu2: ['cpu  1030 0 510 8050 105 0 20 35 0 0'],
  memory: ['MemTotal:        8000000 kB', 'MemFree:          100000 kB', 'MemAvailable:    6000000 kB'],
  load: ['1.50 1.00 0.50 2/345 6789'],
  uptime: ['1036800.50 4000000.00'],
  cores: ['4'],
  mounts: ['/dev/vda1 / ext4 rw,relatime 0 0', '/dev/vdb1 /var ext4 rw 0 0', 'tmpfs /run tmpfs rw 0 0'],
  fstab: ['# static', 'UUID=1 / ext4 errors=remount-ro 0 1'],
  disks: [
    'Filesystem     1024-blocks     Used Available Capacity Mounted on',
    '/dev/vda1         50000000 10000000  35000000      23% /',
    '/dev/vdb1        100000000 84000000  16000000      84% /var',
    'tmpfs              4000000  4000000         0     100% /run',
  ],
  inodes: [
    'Filesystem       Inodes  IUsed    IFree IUse% Mounted on',
    '/dev/vda1       3200000 160000  3040000    5% /',
    '/dev/vdb1             0      0        0     - /var',
  ],
  'pid.0': ['1560'],
  'heap.0': PERF_DATA.match(/.{1,76}/g)!,
  'health.0.0': ['200'],
};

/** @param changes new lines of a part, an exit code with them, or nothing at all. */
function probed(
  changes: Readonly<Record<string, readonly string[] | [readonly string[], number] | undefined>> = {},
): string {
  const parts = Object.entries({ ...PARTS, ...changes }).flatMap(([name, change]) => {
    if (change === undefined) {
      return [];
    }
    const [lines, code] = Array.isArray(change[0]) ? (change as [string[], number]) : [change as string[], 0];
    return [...lines.map((line) => `${name}|${line}`), `${name}=${code}`];
  });
  return `${[...parts, 'end=0'].join('\n')}\n`;
}

describe('parseProbe', () => {
  it('reads every number of a healthy host', () => {
    const { filesystems, products, ...numbers } = parseProbe(probed(), HOST);

    expect(numbers).toEqual({
      cpuBusyPercent: 40,
      cpuStealPercent: 5,
      memoryTotalBytes: 8_000_000 * 1024,
      memoryUsedPercent: 25,
      cores: 4,
      loadAverage1: 1.5,
      uptimeSeconds: 1_036_800.5,
      gaps: [],
    });
    expect(filesystems).toEqual([
      { mount: '/', usedPercent: 23, inodesUsedPercent: 5, totalBytes: 50_000_000 * 1024, readOnly: false },
      { mount: '/var', usedPercent: 84, inodesUsedPercent: undefined, totalBytes: 100_000_000 * 1024, readOnly: false },
    ]);
    expect(products[0]).toMatchObject({ running: true, pid: 1560, health: [{ healthy: true, detail: '200' }] });
    expect(products[0]?.heap?.maxBytes).toBe(256 * 1024 * 1024);
  });

  it('says that the CPU counters stood still instead of showing them', () => {
    const { cpuBusyPercent, gaps } = parseProbe(probed({ cpu2: PARTS.cpu1 }), HOST);
    expect(cpuBusyPercent).toBeUndefined();
    expect(gaps).toEqual(['CPU: the counters of /proc/stat did not move between two reads']);
  });

  it('reads a heap that came as hexadecimal digits, without gzip', () => {
    const lines = hexLines(Buffer.from(PERF_DATA, 'base64'));
    expect(parseProbe(probed({ 'heap.0': lines }), HOST).products[0]?.heap?.collector).toBe('G1');
  });

  it('ignores what the login shell prints around the answer', () => {
    const noisy = `Welcome to is-1!\ncores is 99\n${probed()}logout\n`;
    expect(parseProbe(noisy, HOST)).toEqual(parseProbe(probed(), HOST));
  });

  it('does not take a value for a part', () => {
    const mounts = [...PARTS.mounts!, '/dev/vdc /x\\012cores=0 ext4 rw 0 0', 'cores|128', 'cores=0'];
    expect(parseProbe(probed({ mounts }), HOST).cores).toBe(4);
  });

  it('calls a filesystem read-only only when fstab does not ask for it', () => {
    const mounts = ['/dev/vda1 / ext4 ro 0 0', '/dev/vdb1 /var ext4 ro,errors=remount-ro 0 0'];
    const fstab = ['/dev/vda1 / ext4 ro 0 1'];
    const { filesystems } = parseProbe(probed({ mounts, fstab }), HOST);
    expect(filesystems?.map(({ mount, readOnly }) => [mount, readOnly])).toEqual([
      ['/', false],
      ['/var', true],
    ]);
  });

  it('keeps a mount point with a space and leaves out memory and images', () => {
    const mounts = [
      '/dev/vda1 / overlay rw 0 0',
      '/dev/sr0 /media/cd\\040rom iso9660 ro 0 0',
      '/dev/vdb1 /srv/my\\040data xfs rw 0 0',
    ];
    const disks = [
      'overlay 100 10 90 10% /',
      '/dev/sr0 100 100 0 100% /media/cd rom',
      '/dev/vdb1 100 50 50 50% /srv/my data',
    ];
    const { filesystems } = parseProbe(probed({ mounts, disks }), HOST);
    expect(filesystems?.map(({ mount }) => mount)).toEqual(['/', '/srv/my data']);
  });

  it('falls back to the local filesystems when df hangs, and says so', () => {
    const localdisks = ['/dev/vda1 50000000 10000000 35000000 23% /'];
    const sample = parseProbe(probed({ disks: [[], 124], localdisks }), HOST);
    expect(sample.filesystems?.map(({ mount }) => mount)).toEqual(['/']);
    expect(sample.gaps).toEqual([
      'df got no answer from a filesystem (a dead NFS server?); network filesystems are left out',
    ]);
  });

  it('tells of a filesystem that df cannot read, but not of those that are none of its business', () => {
    const disks = [...PARTS.disks!, 'df: /data: Input/output error', 'df: /run/user/1000/doc: Operation not permitted'];
    expect(parseProbe(probed({ disks: [disks, 1] }), HOST).gaps).toEqual(['df: /data: Input/output error']);
  });
});

describe('parseProbe of a product', () => {
  const productOf = (changes: Parameters<typeof probed>[0]) => parseProbe(probed(changes), HOST).products[0]!;

  it('knows that a JVM is not there when it looked and found none', () => {
    const product = productOf({ 'pid.0': [[], 1], 'heap.0': undefined });
    expect(product).toMatchObject({ running: false, note: 'no JVM with -Dcarbon.home=/opt/wso2/wso2is-5.11.0' });
  });

  it('does not know whether a JVM runs when it could not look', () => {
    const product = productOf({ 'pid.0': [['sudo: a password is required'], 1] });
    expect(product.running).toBeUndefined();
    expect(product.note).toBe('could not look for the JVM: exit code 1, sudo: a password is required');
    expect(productOf({ 'pid.0': undefined }).running).toBeUndefined();
  });

  it('says why a heap could not be read', () => {
    const product = productOf({ 'heap.0': [['sudo: a password is required'], 1] });
    expect(product).toMatchObject({ running: true, heap: undefined });
    expect(product.note).toBe('heap not readable as wso2: exit code 1, sudo: a password is required');
  });

  it('takes what jcmd says when there is no perf data', () => {
    const heapinfo = readFileSync(new URL('./fixtures/serial.heapinfo.txt', import.meta.url), 'utf8').split('\n');
    const product = productOf({ 'heap.0': [['No such file'], 1], 'heapinfo.0': heapinfo });
    expect(product.heap?.collector).toBe('Serial');
    expect(product.note).toBeUndefined();
  });

  it('names all JVMs of the same home', () => {
    expect(productOf({ 'pid.0': ['1560', '2718'] }).note).toMatch(/^2 JVMs .*: 1560, 2718$/);
  });

  it.each([
    { lines: ['500'], code: 0, healthy: false, detail: '500, expected 200' },
    { lines: ['000'], code: 7, healthy: false, detail: 'refused' },
    { lines: ['000'], code: 28, healthy: false, detail: 'timeout' },
    { lines: ['000'], code: 60, healthy: undefined, detail: 'its certificate is not trusted' },
    { lines: ['000'], code: 6, healthy: undefined, detail: 'exit code 6, 000' },
    { lines: ['neither curl nor wget'], code: 127, healthy: undefined, detail: 'neither curl nor wget' },
    { lines: ['  HTTP/1.1 200 OK', '  Server: WSO2'], code: 0, healthy: true, detail: '200' },
    { lines: ['  HTTP/1.1 302 Found', '  HTTP/1.1 200 OK'], code: 0, healthy: false, detail: '302, expected 200' },
    { lines: ['wget: server returned error: HTTP/1.1 503'], code: 1, healthy: false, detail: '503, expected 200' },
    { lines: ["wget: can't connect: Connection refused"], code: 1, healthy: false, detail: 'refused' },
    { lines: ['wget: bad option'], code: 1, healthy: undefined, detail: 'exit code 1, wget: bad option' },
  ])('takes $lines with exit code $code for $detail', ({ lines, code, healthy, detail }) => {
    const [sample] = productOf({ 'health.0.0': [lines, code] }).health;
    expect(sample).toEqual({ name: 'carbon', healthy, detail });
  });
});

describe('parseProbe of garbage', () => {
  const whole = parseProbe(probed(), HOST);

  it('never throws, and finds nothing healthy in it', () => {
    const noise = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(...Object.keys(PARTS)).map((name) => `${name}=0`),
      ),
    );
    fc.assert(
      fc.property(noise, (lines) => {
        const sample = parseProbe(`${lines.join('\n')}\n`, HOST);
        expect(judgeHost(sample, HOST.thresholds).level).not.toBe('ok');
        expect(Object.values(sample)).not.toContain(0);
        expect(sample.gaps.length).toBeGreaterThan(0);
      }),
    );
  });

  it('gives whole numbers or none, wherever the answer is cut', () => {
    const output = probed();
    fc.assert(
      fc.property(fc.nat(output.length - 1), (length) => {
        const sample = parseProbe(output.slice(0, length), HOST);
        for (const [name, value] of Object.entries(sample)) {
          if (!['gaps', 'products', 'filesystems'].includes(name)) {
            expect([undefined, whole[name as keyof typeof whole]]).toContain(value);
          }
        }
        expect(judgeHost(sample, HOST.thresholds).level).not.toBe('ok');
      }),
    );
  });

  it('takes half an exit code for none', () => {
    expect(splitProbeOutput('disks|x\ndisks=1').has('disks')).toBe(false);
    expect(splitProbeOutput('disks|x\ndisks=124\n').get('disks')?.exitCode).toBe(124);
  });

  it('survives any line in any part', () => {
    const name = fc.constantFrom(...Object.keys(PARTS));
    fc.assert(
      fc.property(name, fc.array(fc.string({ unit: 'binary' })), fc.nat(255), (part, lines, code) => {
        parseProbe(probed({ [part]: [lines.map((line) => line.replaceAll('\n', ' ')), code] }), HOST);
      }),
      { numRuns: 40 },
    );
  });
});

function hexLines(gzipped: Buffer): readonly string[] {
  return gzipped
    .toString('hex')
    .match(/.{1,32}/g)!
    .map((line) => line.replaceAll(/../g, ' $&'));
}
