import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import { buildPatchProbe, type PatchQuestion } from '../../../../src/services/patching/patch-probe-command.ts';
import { createPatchService } from '../../../../src/services/patching/patch-service.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createFakeExecutor, type Reply } from '../../../support/fake-executor.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';
import { debianText } from './probe-text.ts';

const PROD = anEnvironment('acme', 'prod', ['apim-1', 'mi-1']);
const SELECTION = { environment: PROD, hosts: PROD.hosts };

function setUp(replies: Readonly<Record<string, Reply>>) {
  const logger = createRecordingLogger();
  const executor = createFakeExecutor({ 'apim-1': () => ({ stdout: debianText('plan') }), ...replies });
  return { service: createPatchService({ executor, logger }), executor, logger };
}

describe('patch service', () => {
  it('asks each host once, and shows those that answered while a slow one is awaited', async () => {
    const slow = Promise.withResolvers<{ stdout: string }>();
    const first = Promise.withResolvers<void>();
    const { service, executor } = setUp({ 'mi-1': () => slow.promise });
    const seen: string[][] = [];
    const planning = service.plan(SELECTION, (plans) => {
      seen.push(plans.map(({ host }) => host));
      first.resolve();
    });
    await first.promise;
    slow.resolve({ stdout: debianText('plan') });
    expect(await planning).toMatchObject([{ host: 'apim-1', level: 'warning' }, { host: 'mi-1' }]);
    expect(seen[0]).toEqual(['apim-1']);
    expect(executor.runs.map(({ command }) => command.at(-1))).toEqual(['both', 'both']);
  });

  it('tells why a host was not reached or did not answer, worst first', async () => {
    const { service, logger } = setUp({ 'mi-1': () => Promise.reject(new HopFailure(aHopFailure({ hop: 'mi-1' }))) });
    expect((await service.plan(SELECTION, () => {}))[0]).toMatchObject({ host: 'mi-1', level: 'unreachable' });
    expect((await service.auto(SELECTION, () => {}))[0]).toMatchObject({ host: 'mi-1', verdict: 'unknown' });
    expect(logger.lines).toEqual([]);
  });

  it.each([
    [{ exitCode: 127, stderr: 'sh: not found' }, 'exit code 127, sh: not found'],
    [{ exitCode: null, exitSignal: 'KILL' }, 'ended by KILL'],
    [{ stdout: '' }, 'the answer of the probe was cut'],
  ])('calls a host unknown that answered %j', async (reply, words) => {
    const { service } = setUp({ 'mi-1': () => reply });
    const plan = (await service.plan(SELECTION, () => {})).find(({ host }) => host === 'mi-1');
    expect(plan?.level).toBe('unknown');
    expect(plan?.findings.map(({ text }) => text).join()).toContain(words);
  });

  it('keeps an error of its own to its log', async () => {
    const { service, logger } = setUp({ 'mi-1': () => Promise.reject(new Error('pool is a teapot')) });
    expect(JSON.stringify(await service.auto(SELECTION, () => {}))).not.toContain('teapot');
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { host: 'mi-1' } }]);
  });
});

describe.runIf(process.platform === 'linux')('patch probe under a real shell', () => {
  /** With nothing but these programs, each a script. */
  async function probe(question: PatchQuestion, programs: Readonly<Record<string, string>>) {
    const directory = mkdtempSync(join(tmpdir(), 'patch-probe-'));
    const all = { timeout: 'shift; exec "$@"', ...programs };
    for (const [name, script] of Object.entries(all)) {
      writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const child = spawn('/bin/sh', ['-c', toShell(buildPatchProbe(question))], {
      env: { PATH: `${directory}:/usr/bin:/bin` },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    rmSync(directory, { recursive: true, force: true });
    expect(exitCode).toBe(0);
    return splitProbeOutput(Buffer.concat(chunks).toString());
  }

  const system = (id: string, more = '') =>
    `case "$1" in /etc/os-release) printf 'ID="${id}"\\nID_LIKE="rhel fedora"\\n' ;; ${more} *) exec /bin/cat "$@" ;; esac`;
  const DEBIAN = { cat: `case "$1" in /etc/os-release) echo ID=debian ;; *) exec /bin/cat "$@" ;; esac` };

  it('asks a Debian host everything to the end, whatever fails on the way', async () => {
    const nothing = { 'apt-get': 'exit 100', 'apt-mark': 'exit 1', sudo: 'echo no >&2; exit 1', id: 'echo 1000' };
    const parts = await probe('plan', { ...DEBIAN, ...nothing });
    expect(parts.get('end')?.exitCode).toBe(0);
    expect(parts.get('apt')).toEqual({ lines: [], exitCode: 100 });
    expect(parts.get('needrestart')).toEqual({ lines: ['no'], exitCode: 1 });
  });

  it.each([
    ['plan', true, false],
    ['auto', false, true],
    ['both', true, true],
  ] as const)('asks for %s: locks %s, automatic updates %s', async (question, locks, automatic) => {
    const parts = await probe(question, { ...DEBIAN, 'apt-get': 'exit 100', sudo: 'exit 1', id: 'echo 1000' });
    expect([parts.has('apt'), parts.has('locks'), parts.has('log')]).toEqual([true, locks, automatic]);
  });

  it('finds who holds a lock by the inode, without taking it', async () => {
    const parts = await probe('plan', {
      stat: 'case "$*" in *lock-frontend) echo 77 ;; *lists/lock) echo 99 ;; *) exit 1 ;; esac',
      cat: `case "$1" in
        /etc/os-release) echo ID=debian ;;
        /proc/locks) printf '1: POSIX  ADVISORY  WRITE 412 00:2a:77 0 EOF\\n2: POSIX  ADVISORY  READ 9 00:2a:99 0 EOF\\n3: FLOCK  ADVISORY  WRITE 8 00:2a:99 0 EOF\\n' ;;
        /proc/412/comm) echo apt-get ;;
        *) exec /bin/cat "$@" ;;
      esac`,
    });
    expect(parts.get('locks')).toMatchObject({ lines: ['412 /var/lib/dpkg/lock-frontend apt-get'] });
  });

  it('lets dnf answer from its cache only, as root, and sees which repositories have advisories', async () => {
    const parts = await probe('plan', {
      cat: system('rocky', '/repo/*) echo \'<data type="updateinfo">\' ;;'),
      id: 'echo 1000',
      sudo: 'shift; echo "root: $*"',
      dnf: 'exit 9',
      rpm: 'exit 9',
      find: 'case "$1" in /var/cache/dnf) echo /repo/repomd.xml ;; esac',
      stat: 'echo 5',
    });
    expect(parts.get('updates')?.lines).toEqual(['root: dnf -q -C check-update']);
    expect(parts.get('advisories')?.lines).toEqual(['root: dnf -q -C updateinfo list --security']);
    expect(parts.get('metadata')?.lines).toEqual(['5 with /repo/repomd.xml']);
    expect(parts.has('apt')).toBe(false);
  });

  it('asks nothing more of a system that it does not know', async () => {
    const parts = await probe('plan', { cat: 'case "$1" in /etc/os-release) echo ID=sles ;; esac' });
    expect(parts.get('family')?.lines).toEqual(['other']);
    expect([...parts.keys()]).toEqual(['os', 'family', 'now', 'kernel', 'build', 'end']);
  });
});
