import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { judgePlan } from '../../../../src/services/patching/judge-plan.ts';
import { countSecurity } from '../../../../src/services/patching/package-numbers.ts';
import { parseOs } from '../../../../src/services/patching/parse-os.ts';
import { changed, debianText, type PartText, partsText, RHEL_PARTS } from './probe-text.ts';

const DEBIAN = debianText('plan');
const debian = (parts: Readonly<Record<string, PartText | undefined>> = {}) => parseOs(changed(DEBIAN, parts));
const rhel = (parts: Readonly<Record<string, PartText>> = {}) =>
  parseOs(splitProbeOutput(partsText({ ...RHEL_PARTS, ...parts })));

/** The end of `apt-get -s dist-upgrade` with these `Inst` lines. */
function aptText(...insts: readonly string[]): PartText {
  return [[`${insts.length} upgraded, 0 newly installed, 0 to remove and 0 not upgraded.`, ...insts].join('\n'), 0];
}

describe('a Debian host', () => {
  it('has its pending updates, marked by the label although the suite is called oldstable-security', () => {
    const sample = debian();
    expect(sample).toMatchObject({ family: 'debian', release: 'Debian GNU/Linux 12 (bookworm)', gaps: [] });
    expect(sample.pending).toHaveLength(20);
    expect(countSecurity(sample)).toBe(20);
    expect(sample.pending?.find(({ name }) => name === 'perl')).toEqual({
      name: 'perl',
      from: '5.36.0-7+deb12u3',
      to: '5.36.0-7+deb12u4',
      security: true,
      source: 'Debian-Security',
      held: false,
    });
  });

  it.each([
    ['Inst a [1] (2 Debian:12.15/oldstable [all])', false, 'Debian'],
    [
      'Inst a [1] (2 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64]) []',
      true,
      'Debian-Security',
    ],
    ['Inst a [1] (2 Debian-Security:oldstable-security [all])', true, 'Debian-Security'],
    ['Inst a [1] (2 Ubuntu:jammy-security [all])', true, 'Ubuntu security'],
    ['Inst a [1] (2 no label at all [all])', false, 'no label at all'],
    ['Inst a [1] (2 Vendor:1/stable-security [amd64])', false, 'Vendor'],
    ['Inst a [1] (2 Ubuntu:22.04/jammy-security [amd64])', true, 'Ubuntu security'],
    ['Inst a [1] (2 Ubuntu:22.04/jammy-updates [amd64])', false, 'Ubuntu updates'],
    ['Inst a [1] (2 UbuntuESMApps:22.04/jammy-apps-security [amd64])', true, 'UbuntuESMApps'],
    ['Inst a (2 Debian-Security:12/oldstable-security [amd64])', true, 'Debian-Security'],
  ])('tells a security update by where it comes from: %s', (inst, security, source) => {
    expect(debian({ apt: aptText(inst) }).pending).toMatchObject([{ name: 'a', to: '2', security, source }]);
  });

  it('shows what is held, and that it waits all the same', () => {
    const { pending, held } = debian({ held: ['openssl\nnothing-new', 0] });
    expect(held).toEqual(['openssl', 'nothing-new']);
    expect(pending?.filter((update) => update.held).map(({ name }) => name)).toEqual(['openssl']);
  });

  it('knows that it does not know when there are no package lists', () => {
    const { pending, gaps } = debian({ apt: aptText(), sources: ['     release a=now', 0] });
    expect(pending).toBeUndefined();
    expect(gaps[0]).toContain('there are no package lists to compare with');
  });

  it('does not call itself free of security updates when it has no source of them', () => {
    const sample = debian({ apt: aptText(), sources: ['     release v=12,o=Debian,a=oldstable,l=Debian,b=amd64', 0] });
    expect(sample.pending).toEqual([]);
    expect(countSecurity(sample)).toBeUndefined();
    expect(judgePlan(sample).findings.map(({ level }) => level)).toContain('unknown');
  });

  it.each([
    ['E: Malformed entry 1 in list file /etc/apt/sources.list.d/x.list (Suite)', 100, 'Malformed entry 1'],
    ['Reading package lists...', 0, 'did not come to its end'],
    ['2 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\nInst a [1] (2 D:1/x [all])', 0, 'announced 2'],
    ['', 124, 'no answer in time'],
    ['sh: apt-get: not found', 127, 'not found'],
  ])('does not guess what apt did not say: %s', (text, exitCode, why) => {
    const { pending, gaps } = debian({ apt: [text, exitCode] });
    expect(pending).toBeUndefined();
    expect(gaps.join()).toContain(why);
  });

  it('names what is kept back and what would be removed', () => {
    const [inst] = aptText();
    const text = `The following packages have been kept back:\n   acme-newdep (1.0 => 1.1)\n${inst}\nRemv old-thing [1]`;
    expect(debian({ apt: [text, 0] })).toMatchObject({ keptBack: ['acme-newdep'], removals: ['old-thing'] });
  });

  it('says how old its lists are by its own clock', () => {
    const lists: PartText = ['1000000 /var/lib/apt/lists', 1];
    expect(debian({ now: ['1086400', 0], lists }).listsAgeSeconds).toBe(86_400);
    expect(debian({ now: ['10', 0], lists }).listsAgeSeconds).toBeUndefined();
    expect(debian({ lists: ['', 1] }).gaps.join()).toContain('age of the package lists');
  });

  it('is interrupted when dpkg left a journal, or a package half done', () => {
    expect(debian().interrupted).toBe(false);
    expect(debian({ journal: ['/var/lib/dpkg/updates/0001', 0] }).interrupted).toBe(true);
    expect(debian({ broken: [' acme-bad   is half-configured', 0] }).interrupted).toBe(true);
    expect(debian({ broken: [BROKEN, 0] }).interrupted).toBe(true);
    expect(debian({ journal: ['find: Permission denied', 1] }).interrupted).toBeUndefined();
  });

  it('names who holds a lock', () => {
    const locks: PartText = ['412 /var/lib/dpkg/lock-frontend apt-get\n412 /var/lib/dpkg/lock apt-get', 0];
    expect(debian({ locks }).lockHolders).toEqual(['apt-get (pid 412)']);
    expect(debian().lockHolders).toEqual([]);
    expect(debian({ locks: ['cat: /proc/locks: Permission denied', 1] }).lockHolders).toBeUndefined();
  });
});

const BROKEN = `The following packages are only half configured, probably due to problems
configuring them the first time.`;

describe('what a Debian host runs on', () => {
  const kernels = (running: string, installed: readonly string[], build = '#1 SMP') =>
    debian({
      kernel: [running, 0],
      build: [build, 0],
      kernels: [installed.map((name) => `installed linux-image-${name} 6.1.140-1`).join('\n'), 0],
      needrestart: ['sh: needrestart: not found', 127],
    }).kernel;

  it('is compared with the newest installed kernel of its flavor', () => {
    expect(kernels('6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-37-amd64', '6.1.0-40-cloud-amd64'])).toEqual({
      running: '6.1.0-9-amd64',
      newest: '6.1.0-37-amd64',
      rebootNeeded: true,
    });
    expect(kernels('6.1.0-37-amd64', ['6.1.0-9-amd64', '6.1.0-37-amd64']).rebootNeeded).toBe(false);
  });

  it('is another kernel too when its package was built anew under the same name', () => {
    const rebuilt = (version: string) =>
      kernels('6.1.0-37-amd64', ['6.1.0-37-amd64'], `#1 SMP Debian ${version} (2025-05-22)`).rebootNeeded;
    expect(rebuilt('6.1.139-1')).toBe(true);
    expect(rebuilt('6.1.140-1')).toBe(false);
  });

  it('is unknown in a container, where the absence of reboot-required proves nothing', () => {
    expect(kernels('6.18.44-fc', ['6.1.0-37-amd64']).rebootNeeded).toBeUndefined();
    expect(kernels('6.18.44-fc', []).rebootNeeded).toBeUndefined();
    expect(debian({ rebootfile: ['*** System restart required ***', 0] }).kernel.rebootNeeded).toBe(true);
  });

  it('is told by needrestart where it is installed', () => {
    expect(debian()).toMatchObject({ kernel: { rebootNeeded: true }, restarts: [] });
    const said = 'NEEDRESTART-VER: 3.6\nNEEDRESTART-KSTA: 1\nNEEDRESTART-SVC: cron.service\nNEEDRESTART-SVC: acmed';
    expect(debian({ needrestart: [said, 0] })).toMatchObject({
      kernel: { rebootNeeded: false },
      restarts: ['cron', 'acmed'],
    });
    expect(debian({ needrestart: ['sudo: a password is required', 1] }).restarts).toBeUndefined();
  });
});

describe('a host of the Red Hat family', () => {
  it('has its updates with versions, and the security state that each repository tells', () => {
    const sample = rhel();
    expect(sample.pending).toEqual([
      {
        name: 'demo-openssl',
        arch: 'noarch',
        from: '1.0.1-1',
        to: '1.0.3-1',
        security: true,
        source: 'baseos',
        held: false,
      },
      { name: 'in-house', arch: 'x86_64', from: '6-1', to: '7-1', security: undefined, source: 'inhouse', held: false },
      { name: 'demo-tool', arch: 'noarch', from: '2.0-3', to: '2.0-4', security: false, source: 'baseos', held: false },
    ]);
    expect(countSecurity(sample)).toBeUndefined();
    expect(sample.gaps).toEqual(['security state of updates from inhouse: the repository has no updateinfo metadata']);
    expect(sample).toMatchObject({ held: [], restarts: [], kernel: { rebootNeeded: false }, listsAgeSeconds: 10_000 });
  });

  it('counts them when every repository concerned tells', () => {
    const updates: PartText = ['demo-openssl.noarch 1.0.3-1 baseos', 100];
    expect(countSecurity(rhel({ updates }))).toBe(1);
    expect(countSecurity(rhel({ updates: ['', 0] }))).toBe(0);
    expect(countSecurity(rhel({ updates, advisories: ['Error: no cache', 1] }))).toBeUndefined();
  });

  it('does not know of an enabled repository that it has no metadata of', () => {
    const repos: PartText = ['repo id  repo name\nbaseos  BaseOS\nepel  Extra', 0];
    const sample = rhel({ repos, updates: ['', 0] });
    expect(countSecurity(sample)).toBeUndefined();
    expect(sample.gaps).toEqual(['updates from epel: there is no cached metadata of the repository']);
  });

  it.each([
    [{ updates: ["Error: Cache-only enabled but no cache for 'baseos'", 1] as PartText }, 'no cache for'],
    [{ updates: ['', 100] as PartText }, 'announced updates and named none'],
    [{ updates: ['', 0] as PartText, metadata: ['', 0] as PartText }, 'no cached metadata'],
    [{ updates: ['sudo: a password is required', 1] as PartText }, 'a password is required'],
  ])('does not guess what dnf did not say: %j', (parts, why) => {
    const { pending, gaps } = rhel(parts);
    expect(pending).toBeUndefined();
    expect(gaps.join()).toContain(why);
  });

  it('needs a reboot by the words of dnf, not by the exit code that errors have too', () => {
    const reboot = (text: string): PartText => [text, 1];
    expect(rhel({ reboot: reboot('Reboot is required to fully utilize these updates.') }).kernel.rebootNeeded).toBe(
      true,
    );
    const unsaid = { reboot: reboot('No such command: needs-restarting.') };
    expect(rhel(unsaid).kernel.rebootNeeded).toBe(false);
    expect(rhel({ ...unsaid, kernels: ['1731000001 5.14.0-600.el9.x86_64', 0] }).kernel.rebootNeeded).toBe(true);
    expect(rhel({ ...unsaid, kernels: ['', 1] }).kernel.rebootNeeded).toBeUndefined();
  });
});
