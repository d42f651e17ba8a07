import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../../src/domain/inventory.ts';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import { buildProbe } from '../../../../src/services/hosts/probe-command.ts';
import { aProduct } from '../../../support/builders.ts';
import { aHost } from '../../../support/world.ts';

const argumentsOf = (product: Partial<Product>) =>
  buildProbe(aHost('is-1', { products: [aProduct(product)] })).slice(4);

describe('buildProbe', () => {
  it('hands over everything as arguments of one script', () => {
    const hostile = `/opt/$(reboot)'"; rm -rf / #`;
    const command = buildProbe(aHost('is-1', { products: [aProduct({ home: hostile })] }));
    expect(command.slice(0, 2)).toEqual(['sh', '-c']);
    expect(command[2]).not.toContain('reboot');
    expect(command).toContain(hostile);
  });

  it('holds nothing that Ansible takes for a template', () => {
    expect(buildProbe(aHost('is-1'))[2]).not.toMatch(/\{[{%#]|[}%#]\}/);
  });

  it.each([
    ['https://localhost:9443/', undefined, 'insecure'],
    ['https://127.0.0.1:9443/', undefined, 'insecure'],
    ['https://[::1]:9443/', undefined, 'insecure'],
    ['https://localhost:9443/', '/etc/ca.pem', '/etc/ca.pem'],
    ['https://is.acme.example:9443/', undefined, ''],
    ['https://127.0.0.1.acme.example/', undefined, ''],
  ])('checks the certificate of %s with %s by "%s"', (url, caFile, check) => {
    const health = [{ name: 'h', url, expectedStatus: 200, caFile }];
    expect(argumentsOf({ health }).at(-1)).toBe(check);
  });

  it('finds a JVM whatever slash the configured home ends with', () => {
    expect(argumentsOf({ home: '/opt/is/' })[2]).toBe('/opt/is');
    expect(argumentsOf({ home: '/' })[2]).toBe('/');
  });
});

/** All that a bare host has: no timeout, gzip, base64, curl or wget. */
const BARE_PROGRAMS = ['sh', 'cat', 'head', 'sed', 'grep', 'sleep', 'tr', 'id', 'df', 'nproc', 'od', 'env'];

describe.runIf(process.platform === 'linux')('probe under a real shell', () => {
  const root = mkdtempSync(join(tmpdir(), 'probe-'));
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, 'bin-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** A program of the host, in front of the machine's own. */
  function shim(name: string, script: string): void {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }

  /** One JVM of the product, with a perf data file. */
  function shimJvm(): string {
    const user = userInfo().username;
    const main = 'org.wso2.carbon.bootstrap.Bootstrap';
    const home = '-Dcarbon.home=/opt/wso2/wso2is-5.11.0';
    const processes = {
      1: ['init'],
      701: ['/usr/bin/java', home, 'org.wso2.diagnostics.DiagnosticsApp'],
      702: ['grep', '-F', home],
      703: ['/usr/bin/java', `${home}-old`, main],
      704: ['/usr/bin/java', '-Xmx1g', home, main],
    };
    const list = Object.entries(processes).map(([pid, args]) => `  ${pid} ${args.join(' ')}`);
    writeFileSync(join(directory, 'processes'), `${list.join('\n')}\n`);
    for (const [pid, args] of Object.entries(processes)) {
      writeFileSync(join(directory, `cmdline-${pid}`), `${args.join('\0')}\0`);
    }
    shim('ps', `exec /bin/cat '${directory}/processes'`);
    shim(
      'cat',
      `case "$1" in
        /proc/70*/cmdline) pid=\${1#/proc/}; exec /bin/cat '${directory}'/cmdline-"\${pid%%/*}" ;;
        */hsperfdata_${user}/704) printf 'perf\\000data' ;;
        *) exec /bin/cat "$@" ;;
      esac`,
    );
    return user;
  }

  /** As sshd starts it: one string for the user's shell. */
  async function probe(product: Partial<Product> = {}, path = `${directory}:${process.env.PATH}`) {
    const command = buildProbe(aHost('is-1', { products: [aProduct({ health: [], ...product })] }));
    const child = spawn('/bin/sh', ['-c', toShell(command)], { env: { PATH: path } });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect(exitCode).toBe(0);
    return splitProbeOutput(Buffer.concat(chunks).toString());
  }

  it('measures the machine', async () => {
    const parts = await probe();
    expect(parts.get('end')?.exitCode).toBe(0);
    expect(parts.get('cores')?.lines[0]).toMatch(/^\d+$/);
    expect(parts.get('cpu2')?.lines[0]).toMatch(/^cpu /);
    expect(parts.get('filesystems')?.lines[0]).toMatch(/^Filesystem/);
    expect(parts.get('pid.0')).toEqual({ lines: [], exitCode: 1 });
  });

  it('takes the server and neither its diagnostics tool nor a command that mentions it', async () => {
    const user = shimJvm();
    const parts = await probe({ serviceUser: user });
    expect(parts.get('pid.0')).toEqual({ lines: ['704'], exitCode: 0 });
    expect(gunzipSync(Buffer.from(parts.get('heap.0')!.lines.join(''), 'base64')).toString()).toBe('perf\0data');
  });

  it('asks the local filesystems alone when df hangs, and still has all the rest', async () => {
    shim('timeout', `case "$*" in *' df '*-l*) shift; exec "$@" ;; *' df '*) exit 124 ;; *) shift; exec "$@" ;; esac`);
    const parts = await probe();
    expect(parts.get('disks')?.exitCode).toBe(124);
    expect(parts.get('localdisks')?.lines[0]).toMatch(/^Filesystem/);
    expect(parts.get('uptime')?.exitCode).toBe(0);
  });

  it('asks a df that is not of GNU twice', async () => {
    shim(
      'df',
      `case "$*" in *--output*) echo 'df: unrecognized option: output' >&2; exit 1 ;; *) exec /bin/df "$@" ;; esac`,
    );
    const parts = await probe();
    expect(parts.get('filesystems')).toBeUndefined();
    expect(parts.get('disks')?.lines[0]).toMatch(/^Filesystem/);
    expect(parts.get('inodes')?.lines[0]).toMatch(/^Filesystem/);
  });

  it('counts the cores of /proc/stat', async () => {
    shim(
      'cat',
      `case "$1" in /proc/stat) printf 'cpu  1 1 1 1\\ncpu0 1 1 1 1\\ncpu1 1 1 1 1\\nintr 5\\n' ;; *) exec /bin/cat "$@" ;; esac`,
    );
    expect((await probe()).get('cores')).toEqual({ lines: ['2'], exitCode: 0 });
  });

  it('sends only the lines of /proc that are read', async () => {
    const parts = await probe();
    expect(parts.get('memory')?.lines.map((line) => line.split(':')[0])).toEqual(['MemTotal', 'MemAvailable']);
    const mounts = parts.get('mounts')?.lines ?? [];
    expect(mounts.find((line) => line.split(' ')[1] === '/')).toMatch(/^\S+ \/ \S+ r[ow]$/);
    expect(mounts.filter((line) => / (proc|cgroup2?|nsfs) r[ow]/.test(line))).toEqual([]);
  });

  it('says what cat says when it cannot read /proc', async () => {
    shim('cat', `case "$1" in /proc/*) echo "cat: $1: shut" >&2; exit 1 ;; *) exec /bin/cat "$@" ;; esac`);
    const parts = await probe();
    for (const [part, file] of Object.entries({ cpu1: 'stat', memory: 'meminfo', uptime: 'uptime' })) {
      expect(parts.get(part)).toEqual({ lines: [`cat: /proc/${file}: shut`], exitCode: 1 });
    }
  });

  it('sends each value back as one line of its part, whatever it holds', async () => {
    shim('cat', `case "$1" in /proc/stat) echo 'cpu  1 2 3 4 5 6 7 8' ;; *) exec /bin/cat "$@" ;; esac`);
    shim('nproc', `printf 'cores=0\\ncores|64\\nend=0\\n'; exit 3`);
    const parts = await probe();
    expect(parts.get('cores')).toEqual({ lines: ['cores=0', 'cores|64', 'end=0'], exitCode: 3 });
  });

  it('gets along with the programs of a bare host', async () => {
    const user = shimJvm();
    for (const name of BARE_PROGRAMS) {
      const program = ['/bin', '/usr/bin'].map((place) => join(place, name)).find(existsSync)!;
      if (name !== 'cat') {
        symlinkSync(program, join(directory, name));
      }
    }
    const health = [{ name: 'h', url: 'http://localhost:9/', expectedStatus: 200 }];
    const bare = await probe({ serviceUser: user, health }, directory);
    expect(bare.get('heap.0')?.lines).toEqual([' 70 65 72 66 00 64 61 74 61']);
    expect(bare.get('health.0.0')).toEqual({ lines: ['neither curl nor wget'], exitCode: 127 });
    expect(bare.get('filesystems')?.exitCode).toBe(0);

    shim('wget', 'echo "  HTTP/1.1 200 OK" >&2');
    const withWget = await probe({ health }, directory);
    expect(withWget.get('health.0.0')).toEqual({ lines: ['  HTTP/1.1 200 OK'], exitCode: 0 });
  });
});
