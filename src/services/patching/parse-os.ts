import { describePart, type ProbePart, type ProbeParts, shownWords } from '../../domain/probe-output.ts';
import type { OsFamily, OsSample } from './os-sample.ts';
import type { PackageNumbers } from './package-numbers.ts';
import { parseDebianPackages } from './parse-debian-packages.ts';
import { parseRestarts } from './parse-restarts.ts';
import { parseRhelPackages } from './parse-rhel-packages.ts';
import { parseNow } from './parse-times.ts';

/** What the patch probe of a host printed. Never throws: what is missing, cut or garbled is unknown, and said in `gaps`. */
export function parseOs(parts: ProbeParts): OsSample {
  const family = readFamily(parts.get('family'));
  const release = readRelease(parts.get('os'));
  const now = parseNow(parts.get('now'));
  const packages = family === undefined ? noPackages(release, parts) : PARSERS[family](parts, now);
  return {
    ...{ family, release, ...packages, ...parseRestarts(parts, family) },
    lockHolders: readLockHolders(parts.get('locks')),
    interrupted: family === 'debian' ? wasInterrupted(parts.get('journal'), parts.get('broken')) : undefined,
    gaps: [...(parts.has('end') ? [] : ['the answer of the probe was cut']), ...packages.gaps],
  };
}

const PARSERS = { debian: parseDebianPackages, rhel: parseRhelPackages } as const;

function readFamily(part: ProbePart | undefined): OsFamily | undefined {
  const [family] = part?.lines ?? [];
  return family === 'debian' || family === 'rhel' ? family : undefined;
}

function readRelease(part: ProbePart | undefined): string | undefined {
  const pretty = (part?.lines ?? []).map((line) => /^PRETTY_NAME=["']?([^"']+)["']?$/.exec(line)?.[1]);
  const name = pretty.find((text) => text !== undefined);
  return name && shownWords(name);
}

function noPackages(release: string | undefined, parts: ProbeParts): PackageNumbers {
  const gap = parts.has('family')
    ? `pending updates: I read those of Debian's and Red Hat's families; this is ${release ?? 'neither'}`
    : `pending updates: ${describePart(undefined)}`;
  const unknown = { pending: undefined, held: undefined, listsAgeSeconds: undefined };
  return { ...unknown, securityKnown: false, removals: [], keptBack: [], gaps: [gap] };
}

/** `412 /var/lib/dpkg/lock-frontend apt-get` */
function readLockHolders(part: ProbePart | undefined): readonly string[] | undefined {
  const rows = (part?.lines ?? []).map((line) => /^(\d{1,10}) \/\S+ ?(.*)$/.exec(line));
  const holders = rows.flatMap((row) => (row ? [`${row[2] ? shownWords(row[2]) : 'a process'} (pid ${row[1]})`] : []));
  const hasLooked = part !== undefined && rows.every((row) => row !== null);
  return hasLooked ? [...new Set(holders)] : undefined;
}

/** apt refuses when dpkg left numbered files in its journal; `broken` names packages that are half done. */
export function wasInterrupted(journal: ProbePart | undefined, audit: ProbePart | undefined): boolean | undefined {
  const hasJournal = journal?.lines.some((line) => /\/\d+$/.test(line)) === true;
  const hasHalves = audit?.lines.some((line) => /half|not yet configured|mess|reinstallation/i.test(line)) === true;
  const hasLooked = journal?.exitCode === 0 && audit?.exitCode === 0;
  return hasJournal || hasHalves || (hasLooked ? false : undefined);
}
