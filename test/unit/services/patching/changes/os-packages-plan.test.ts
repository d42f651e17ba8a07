import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../../src/domain/hop-failure.ts';
import { createOsPackagesChange } from '../../../../../src/services/patching/changes/os-packages-change.ts';
import { readPackageWork } from '../../../../../src/services/patching/changes/package-work.ts';
import type { ChangeSpec } from '../../../../../src/services/rollouts/host-change.ts';
import { aHopFailure } from '../../../../support/builders.ts';
import { createFakeExecutor, type RecordedRun } from '../../../../support/fake-executor.ts';
import { createFixedClock } from '../../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';
import { anEnvironment } from '../../../../support/world.ts';
import { type PartText, partsText } from '../probe-text.ts';
import { createFakeJobs } from './fake-jobs.ts';

type Parts = Readonly<Record<string, PartText>>;

const SECURITY = 'Debian-Security:12/oldstable-security [amd64]';
const APT: PartText = [
  `3 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.
Inst openssl [3.0.20] (3.0.22 ${SECURITY})
Inst tzdata [1] (2 Debian:12/oldstable [all])
Inst linux-image-amd64 [6.1.140] (6.1.147 ${SECURITY}) []
Inst linux-image-6.1.0-38-amd64 (6.1.147 ${SECURITY})`,
  0,
];
const SIMULATION: PartText = [
  `2 upgraded, 1 newly installed, 0 to remove and 1 not upgraded.
Inst openssl [3.0.20] (3.0.22 ${SECURITY})
Inst linux-image-amd64 [6.1.140] (6.1.147 ${SECURITY}) []
Inst linux-image-6.1.0-38-amd64 (6.1.147 ${SECURITY})`,
  0,
];
const PROBE: Parts = {
  os: ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"', 0],
  family: ['debian', 0],
  now: ['1795398902', 0],
  kernel: ['6.1.0-37-amd64', 0],
  apt: APT,
  held: ['', 0],
  sources: ['     release v=12,o=Debian,a=oldstable-security,l=Debian-Security,c=main,b=amd64', 0],
  lists: ['1795390000 /var/lib/apt/lists', 0],
  journal: ['', 0],
  broken: ['', 0],
  locks: ['', 0],
  end: ['', 0],
};
const OFFER: Parts = {
  simulation: SIMULATION,
  uris: ["'http://deb.debian.org/a.deb' a.deb 2097152 SHA256:0\n'http://deb.debian.org/b.deb' b.deb 1048576 ", 0],
  free: ['/dev/vda 1000 500 1048576 50% /', 0],
  versions: [' openssl | 3.0.20 | http://deb.debian.org/debian bookworm/main amd64 Packages', 0],
  archives: ['/var/cache/apt/archives/linux-image-amd64_6.1.140_amd64.deb', 0],
};

function setUp(probe: Parts = {}, offer: Parts = {}) {
  const answer = ({ command }: RecordedRun) => {
    const asked = command[3];
    const parts = asked === 'msops-patch' ? { ...PROBE, ...probe } : { ...OFFER, ...offer };
    return { stdout: partsText(parts) };
  };
  const executor = createFakeExecutor({ 'apim-1': answer });
  const change = createOsPackagesChange({
    executor,
    jobs: createFakeJobs(),
    products: { restart: async () => ({ ok: true }) },
    clock: createFixedClock(),
    logger: createRecordingLogger(),
  });
  return { executor, change };
}

const PROD = anEnvironment('acme', 'prod', ['apim-1']);

async function plan(spec: ChangeSpec, probe: Parts = {}, offer: Parts = {}) {
  const { change } = setUp(probe, offer);
  return change.plan(spec, { environment: PROD, hosts: PROD.hosts });
}

describe('plan of os_packages', () => {
  it('names exact versions, marks security, and tells what comes along without asking for it by name', async () => {
    const { hosts, title, problems } = await plan({ only: 'security' });
    expect(problems).toEqual([]);
    expect(title).toBe('Install 3 packages (3 security) on 1 host');
    const work = readPackageWork(hosts[0]?.work);
    expect(work.packages.map(({ name, to }) => `${name}=${to}`)).toEqual([
      'linux-image-amd64=6.1.147',
      'openssl=3.0.22',
    ]);
    expect(work.along).toMatchObject([{ name: 'linux-image-6.1.0-38-amd64', to: '6.1.147' }]);
    expect(hosts[0]?.lines).toContain('openssl 3.0.20 → 3.0.22 (security)');
    expect(hosts[0]?.lines).toContain('linux-image-6.1.0-38-amd64 new → 6.1.147 (security), comes along');
  });

  it('simulates exactly what it will ask for', async () => {
    const { change, executor } = setUp();
    await change.plan({ only: 'security' }, { environment: PROD, hosts: PROD.hosts });
    const simulation = executor.runs.find(({ command }) => command[3] === 'msops-simulation');
    expect(simulation?.command.slice(4)).toEqual([
      ...['--no-remove', '--only-upgrade', 'install'],
      ...['linux-image-amd64=6.1.147', 'openssl=3.0.22'],
    ]);
  });

  it('says whether there is a way back: from a source or from the cache, of every package', async () => {
    expect((await plan({ only: 'security' })).hosts[0]?.rollback).toMatch(
      /^the versions before can all be installed again/,
    );
    const gone = await plan({ only: 'security' }, {}, { versions: ['', 0] });
    expect(gone.hosts[0]?.rollback).toBe('none: openssl 3.0.20 is in no source any more');
    const unknown = await plan({ only: 'security' }, {}, { versions: ['E: no', 100] });
    expect(unknown.hosts[0]?.rollback).toMatch(/^none: the host could not say/);
  });

  it('leaves held packages out and says so of security updates', async () => {
    const { hosts, warnings } = await plan({ only: 'all' }, { held: ['openssl', 0] });
    expect(readPackageWork(hosts[0]?.work).packages.map(({ name }) => name)).not.toContain('openssl');
    expect(warnings.map(({ text }) => text).join()).toContain(
      'held, so these security updates do not install: openssl',
    );
  });

  it('warns of a reboot for a kernel, of old lists and of a lock that is held', async () => {
    const { warnings } = await plan(
      { only: 'security' },
      { lists: ['1790000000 /var/lib/apt/lists', 0], locks: ['412 /var/lib/dpkg/lock apt-get', 0] },
    );
    const words = warnings.map(({ text }) => text).join('\n');
    expect(words).toContain('a reboot is needed for it; none is done, as the settings say');
    expect(words).toContain('--refresh, which runs `apt-get update`');
    expect(words).toContain('in use now by apt-get (pid 412)');
  });

  it.each<{ what: string; spec?: ChangeSpec; probe?: Parts; offer?: Parts; words: string }>([
    { what: 'dpkg interrupted', probe: { journal: ['/var/lib/dpkg/updates/0001', 0] }, words: 'dpkg --configure -a' },
    {
      what: 'security unknown',
      spec: { only: 'security' },
      probe: { sources: ['     release v=12,l=Debian', 0] },
      words: 'which updates are security updates is not known',
    },
    { what: 'apt refuses', offer: { simulation: ['E: Held packages were changed', 100] }, words: 'Held packages' },
    {
      what: 'no room',
      offer: { free: ['/dev/vda 1000 500 1024 99% /', 0] },
      words: '3 MiB are to be fetched and 1 MiB',
    },
    { what: 'no lists', probe: { sources: ['', 1] }, words: 'there are no package lists' },
  ])('is a problem: $what', async ({ spec = { only: 'all' }, probe, offer, words }) => {
    const { problems, idle } = await plan(spec, probe, offer);
    expect(problems).toMatchObject([{ host: 'apim-1' }]);
    expect(problems[0]?.text).toContain(words);
    expect(idle).toEqual([]);
  });

  it('repairs first when it is asked to, also when nothing else is to be done', async () => {
    const broken = {
      journal: ['/var/lib/dpkg/updates/0001', 0],
      apt: ['0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.', 0],
    } as const;
    const { hosts, problems, title } = await plan({ only: 'all', repair: true }, broken);
    expect(problems).toEqual([]);
    expect(hosts[0]?.lines).toEqual(['repair dpkg: `dpkg --configure -a`']);
    expect(title).toBe('Repair dpkg on 1 host');
  });

  it('is idle where nothing waits, and never a rejection', async () => {
    const nothing = { apt: ['0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.', 0] } as const;
    expect(await plan({ only: 'all' }, nothing)).toMatchObject({ idle: ['apim-1'], hosts: [], problems: [] });
    const failure = aHopFailure({ hop: 'apim-1' });
    const executor = createFakeExecutor({
      'apim-1': () => Promise.reject(new HopFailure(failure)),
    });
    const { change } = setUp();
    const lost = createOsPackagesChange({
      ...{ executor, jobs: createFakeJobs(), products: { restart: async () => ({ ok: true }) } },
      ...{ clock: createFixedClock(), logger: createRecordingLogger() },
    });
    expect(change.kind).toBe('patch');
    const { problems } = await lost.plan({ only: 'all' }, { environment: PROD, hosts: PROD.hosts });
    expect(problems).toEqual([{ host: 'apim-1', text: 'not reached: connection refused at host apim-1', failure }]);
  });

  it('fetches the lists only when it is asked to, and says what went wrong with it', async () => {
    const { change, executor } = setUp({}, { refresh: ['E: Failed to fetch http://deb.debian.org', 100] });
    const selection = { environment: PROD, hosts: PROD.hosts };
    await change.plan({ only: 'all' }, selection);
    expect(executor.runs.some(({ command }) => command[3] === 'msops-refresh')).toBe(false);
    const { problems } = await change.plan({ only: 'all', refresh: true }, selection);
    expect(problems[0]?.text).toContain('the package lists could not be fetched: E: Failed to fetch');
  });

  it('shows no password of a package source that could not be fetched', async () => {
    const refresh: PartText = ['E: Failed to fetch https://bob:hunter2pw@repo.acme.test/InRelease  401', 100];
    const { problems } = await plan({ only: 'all', refresh: true }, {}, { refresh });
    expect(problems[0]?.text).toContain('https://bob:[secret]@repo.acme.test/InRelease');
  });
});
