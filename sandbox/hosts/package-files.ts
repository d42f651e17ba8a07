import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostPlan, PackagesPlan } from './host-plan.ts';

const HOUR_MS = 3_600_000;
const NOTHING_WAITS: PackagesPlan = { family: 'debian' };
const LISTS_AGE_HOURS = 5;

const DEBIAN_KERNEL = { release: '6.1.0-37-amd64', build: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)' };
const RHEL_KERNEL = {
  release: '5.14.0-503.11.1.el9_5.x86_64',
  build: '#1 SMP PREEMPT_DYNAMIC Tue Nov 12 09:26:13 EST 2024',
};

const BOOT_ID = '0f6e1f2a-5c0b-4a52-9a55-7d0d3a3f5b10';

/** What the programs of the package manager in `bin/` read, by path below the host's root. */
export function packageFiles({ packages = NOTHING_WAITS }: HostPlan): Record<string, string> {
  const { family, pending = [] } = packages;
  const kernel = family === 'rhel' ? RHEL_KERNEL : DEBIAN_KERNEL;
  const arch = family === 'rhel' ? 'x86_64' : 'amd64';
  const rows = pending.map(({ name, from, to, origin, held }) =>
    [name, from, to, origin, arch, held ? 'held' : ''].join('|'),
  );
  return {
    'proc/sys/kernel/osrelease': `${kernel.release}\n`,
    'proc/sys/kernel/version': `${kernel.build}\n`,
    'proc/locks': '',
    'proc/sys/kernel/random/boot_id': `${BOOT_ID}\n`,
    '.host/packages': lines(rows),
    ...(family === 'rhel' ? rhelFiles() : debianFiles(packages)),
  };
}

const APT_CONFIG = [
  'APT::Periodic "";',
  'APT::Periodic::Update-Package-Lists "1";',
  'APT::Periodic::Unattended-Upgrade "1";',
  'Unattended-Upgrade::Origins-Pattern "";',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: apt fills it in.
  'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename}-security,label=Debian-Security";',
];

const APT_POLICY = [
  'Package files:',
  ' 100 /var/lib/dpkg/status',
  '     release a=now',
  ' 500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages',
  '     release v=12,o=Debian,a=oldstable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64',
  ' 500 http://deb.debian.org/debian bookworm/main amd64 Packages',
  '     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64',
];

function debianFiles(packages: PackagesPlan): Record<string, string> {
  const { automatic = 'works', newKernel, restarts = [] } = packages;
  const kernels = [DEBIAN_KERNEL.release, ...(newKernel ? [newKernel] : [])];
  const versions = ['6.1.140-1', '6.1.147-1'];
  return {
    'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
    '.host/apt-config': lines(APT_CONFIG),
    '.host/apt-policy': lines(APT_POLICY),
    '.host/installed': lines([
      ...kernels.map((release, index) => `installed linux-image-${release} ${versions[index]}`),
      ...(automatic === 'none' ? [] : ['installed unattended-upgrades 2.9.1+nmu3']),
    ]),
    '.host/needrestart': lines([
      'NEEDRESTART-VER: 3.6',
      `NEEDRESTART-KCUR: ${DEBIAN_KERNEL.release}`,
      `NEEDRESTART-KEXP: ${kernels.at(-1)}`,
      `NEEDRESTART-KSTA: ${newKernel ? 3 : 1}`,
      ...restarts.map((name) => `NEEDRESTART-SVC: ${name}.service`),
    ]),
    ...Object.fromEntries(restarts.map((name) => [`.host/units/${name}.service`, service(name)])),
    '.host/units/apt-daily.timer': timer('apt-daily.timer', true),
    '.host/units/apt-daily-upgrade.timer': timer('apt-daily-upgrade.timer', automatic === 'works'),
    'var/log/unattended-upgrades/unattended-upgrades.log': upgradesLog(packages),
  };
}

function timer(name: string, isOn: boolean): string {
  const state = isOn ? ['enabled', 'active'] : ['disabled', 'inactive'];
  return lines([`Id=${name}`, 'LoadState=loaded', `UnitFileState=${state[0]}`, `ActiveState=${state[1]}`]);
}

function service(name: string): string {
  return lines([`Id=${name}.service`, 'LoadState=loaded', 'UnitFileState=enabled', 'ActiveState=active']);
}

function upgradesLog(packages: PackagesPlan): string {
  const at = listsDate(packages).toISOString().slice(0, 19).replace('T', ' ');
  return lines([
    `${at},158 INFO Starting unattended upgrades script`,
    `${at},159 INFO Allowed origins are: origin=Debian,codename=bookworm-security,label=Debian-Security`,
    `${at},838 INFO No packages found that can be upgraded unattended and no pending auto-removals`,
  ]);
}

/** Its repositories have no advisories: `repomd.xml` names none. */
function rhelFiles(): Record<string, string> {
  return {
    'etc/os-release': 'PRETTY_NAME="Rocky Linux 9.5 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"\n',
    '.host/advisories': '',
    '.host/repolist':
      'repo id      repo name\nbaseos       Rocky Linux 9 - BaseOS\nappstream    Rocky Linux 9 - AppStream\n',
    ...Object.fromEntries(REPOMD.map((file) => [file, '<repomd><data type="primary"/></repomd>\n'])),
  };
}

const REPOMD = [
  'var/cache/dnf/baseos-2d95c80a1fa0a67d/repodata/repomd.xml',
  'var/cache/dnf/appstream-25485261a76941d3/repodata/repomd.xml',
];

/** Lists and stamps are as old as the plan says; what else a package manager keeps is there and empty. */
export function datePackageFiles(root: string, { packages = NOTHING_WAITS }: HostPlan): void {
  const date = listsDate(packages);
  const stamp = 'var/lib/apt/periodic/upgrade-stamp';
  const isDebian = packages.family === 'debian';
  for (const directory of isDebian ? ['var/lib/apt/lists', 'var/lib/dpkg/updates'] : []) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  if (isDebian) {
    mkdirSync(join(root, dirname(stamp)), { recursive: true });
    writeFileSync(join(root, stamp), '');
  }
  for (const file of isDebian ? ['var/lib/apt/lists', stamp] : REPOMD) {
    utimesSync(join(root, file), date, date);
  }
}

function listsDate({ listsAgeHours = LISTS_AGE_HOURS }: PackagesPlan): Date {
  return new Date(Date.now() - listsAgeHours * HOUR_MS);
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
