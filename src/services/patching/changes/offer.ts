import type { ProbeParts } from '../../../domain/probe-output.ts';
import { matchLines } from '../match-lines.ts';
import type { PendingPackage } from '../os-sample.ts';
import { readPending, whyNoSimulation } from '../parse-debian-packages.ts';

/** What the package manager would do for the packages that were named. */
export interface Simulation {
  /** Why it cannot be done; then the rest says nothing. */
  readonly trouble: string | undefined;
  readonly changes: readonly PendingPackage[];
  /** `undefined`: it did not say. */
  readonly downloadBytes: number | undefined;
  readonly freeBytes: number | undefined;
}

export function readSimulation(parts: ProbeParts): Simulation {
  const simulation = parts.get('simulation');
  const sizes = matchLines(parts.get('uris'), /^'[^']*' \S+ (\d{1,12})\b/).map(([, size]) => Number(size));
  const free = matchLines(parts.get('free'), /^\S+ +\d+ +\d+ +(\d{1,15}) +\d+% /)[0]?.[1];
  return {
    trouble: whyNoSimulation(simulation),
    changes: readPending(simulation?.lines ?? [], []),
    downloadBytes: parts.get('uris')?.exitCode === 0 ? sizes.reduce((sum, size) => sum + size, 0) : undefined,
    freeBytes: free === undefined ? undefined : Number(free) * 1024,
  };
}

/** Whether older versions can still be had. */
export interface Versions {
  /** Does a package source have it? */
  isOffered(name: string, version: string): boolean;
  /** Does a package source or apt's cache have it? */
  canBeHad(name: string, version: string): boolean;
  /** The file in apt's cache. */
  archiveOf(name: string, version: string): string | undefined;
}

/** `undefined`: the host could not tell. */
export function readVersions(parts: ProbeParts): Versions | undefined {
  const versions = parts.get('versions');
  if (versions?.exitCode !== 0) {
    return undefined;
  }
  const rows = [
    ...matchLines(versions, /^ *(\S+) +\| +(\S+) +\| /), // apt-cache madison
    ...matchLines(versions, /^(\S+)\.\w+ (\S+)$/), // dnf repoquery
  ];
  const offered = new Set(rows.map(([, name = '', version = '']) => `${name} ${version}`));
  const files = new Map(
    matchLines(parts.get('archives'), /^\/.*\/([^/_]+)_([^/_]+)_[^/_]+\.deb$/).map(
      ([path, name = '', version = '']) => [`${name} ${decode(version)}`, path],
    ),
  );
  const isOffered = (name: string, version: string) => offered.has(`${plain(name)} ${version}`);
  const archiveOf = (name: string, version: string) => files.get(`${plain(name)} ${version}`);
  return {
    isOffered,
    archiveOf,
    canBeHad: (name, version) => isOffered(name, version) || archiveOf(name, version) !== undefined,
  };
}

/** Without the architecture: `libc6:i386`. */
function plain(name: string): string {
  return name.replace(/:\w+$/, '');
}

/** A colon is `%3a` in the names of apt's files. */
function decode(version: string): string {
  return version.replaceAll(/%3a/gi, ':');
}
