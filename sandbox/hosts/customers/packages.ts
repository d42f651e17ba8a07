import type { PackagesPlan, PendingPlan } from '../host-plan.ts';

const SECURITY = 'Debian-Security:12/oldstable-security';
const STABLE = 'Debian:12.15/oldstable';

const openssl: readonly PendingPlan[] = [
  { name: 'libssl3', from: '3.0.20-1~deb12u2', to: '3.0.22-1~deb12u2', origin: SECURITY },
  { name: 'openssl', from: '3.0.20-1~deb12u2', to: '3.0.22-1~deb12u2', origin: SECURITY },
];

/** Patches itself, but somebody put the JDK on hold. */
export const behindByAWeek: PackagesPlan = {
  family: 'debian',
  listsAgeHours: 5,
  restarts: ['cron', 'rsyslog'],
  pending: [
    {
      name: 'openjdk-17-jre-headless',
      from: '17.0.19+10-1~deb12u2',
      to: '17.0.21.1+2-1~deb12u1',
      origin: SECURITY,
      held: true,
    },
    { name: 'base-files', from: '12.4+deb12u10', to: '12.4+deb12u15', origin: STABLE },
    { name: 'tzdata', from: '2026b-0+deb12u1', to: '2026f-0+deb12u1', origin: 'Debian:12-updates/oldstable-updates' },
  ],
};

export const newKernel: PackagesPlan = { family: 'debian', listsAgeHours: 5, newKernel: '6.1.0-38-amd64' };

/** Nobody noticed for three weeks. */
export const stopped: PackagesPlan = {
  family: 'debian',
  listsAgeHours: 23 * 24,
  automatic: 'stopped',
  pending: [
    ...openssl,
    { name: 'libpcre2-8-0', from: '10.42-1', to: '10.42-1+deb12u2', origin: SECURITY },
    { name: 'base-files', from: '12.4+deb12u10', to: '12.4+deb12u15', origin: STABLE },
  ],
};

/** A mirror of Red Hat's family that leaves out what says which updates are security updates. */
export const withoutAdvisories: PackagesPlan = {
  family: 'rhel',
  listsAgeHours: 9,
  automatic: 'none',
  pending: [
    { name: 'openssl-libs', from: '3.0.7-27.el9', to: '3.0.7-28.el9_4', origin: 'baseos' },
    { name: 'haproxy', from: '2.4.22-3.el9', to: '2.4.22-4.el9', origin: 'appstream' },
  ],
};
