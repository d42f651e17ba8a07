import type { ChangeSpec } from '../../rollouts/host-change.ts';
import type { OsFamily } from '../os-sample.ts';

/** One package to be brought to another version. */
export interface PackageStep {
  readonly name: string;
  /** Of the Red Hat family: `x86_64`. */
  readonly arch?: string | undefined;
  /** `undefined`: comes new, or its version is not known. */
  readonly from?: string | undefined;
  readonly to: string;
  readonly security?: boolean | undefined;
  /** On the host, when no package source has this version any more. */
  readonly file?: string | undefined;
}

/** What is to be done on one host. Plain JSON. */
export interface PackageWork {
  readonly family: OsFamily;
  /** Asked for by name, with the exact version. */
  readonly packages: readonly PackageStep[];
  /** Come along because those need them; not asked for by name, so that the system keeps knowing why they are there. */
  readonly along: readonly PackageStep[];
  /** `dpkg --configure -a` first. */
  readonly repair: boolean;
}

export interface OsPackagesSpec {
  readonly only: 'all' | 'security';
  /** Repair an interrupted dpkg first. */
  readonly repair: boolean;
  /** Fetch the package lists before planning. */
  readonly refresh: boolean;
}

export function readOsPackagesSpec(spec: ChangeSpec): OsPackagesSpec {
  return {
    only: spec.only === 'security' ? 'security' : 'all',
    repair: spec.repair === true,
    refresh: spec.refresh === true,
  };
}

/** As it was planned; comes back from the store as JSON. */
export function readPackageWork(work: unknown): PackageWork {
  return work as PackageWork;
}

/** As the package manager takes it: `openssl=3.0.22-1`, `openssl-1:3.0.7-28.el9.x86_64`, or a file. */
export function specifierOf(family: OsFamily, { name, arch, to, file }: PackageStep): string {
  if (file !== undefined) {
    return file;
  }
  return family === 'debian' ? `${name}=${to}` : `${name}-${to}${arch === undefined ? '' : `.${arch}`}`;
}
