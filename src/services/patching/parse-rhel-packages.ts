import { describePart, type ProbePart, type ProbeParts, shownWords } from '../../domain/probe-output.ts';
import { matchLines } from './match-lines.ts';
import type { PendingPackage } from './os-sample.ts';
import { ageOf, orderPending, type PackageNumbers } from './package-numbers.ts';

/** `dnf -C check-update` with its advisories. A repository without advisories makes its updates unknown, not harmless. */
export function parseRhelPackages(parts: ProbeParts, now: number | undefined): PackageNumbers {
  const repositories = readRepositories(parts.get('metadata'));
  const trouble = whyUnknown(parts, repositories);
  const pending = trouble === undefined ? readPending(parts, repositories) : undefined;
  const enabled = enabledRepositories(parts.get('repos'));
  const unseen = enabled.filter((id) => !repositories.has(id));
  const silent = new Set((pending ?? []).filter(({ security }) => security === undefined).map(({ source }) => source));
  const held = readHeld(parts.get('held'));
  return {
    pending: pending && orderPending(pending),
    securityKnown: pending !== undefined && silent.size === 0 && unseen.length === 0,
    removals: [],
    keptBack: [],
    held,
    listsAgeSeconds: ageOf(oldestCheck(enabled, repositories), now),
    gaps: [
      ...(trouble === undefined ? [] : [`pending updates: ${trouble}`]),
      ...unseen.map((id) => `updates from ${shownWords(id)}: there is no cached metadata of the repository`),
      ...[...silent].map((source) => silentGap(source, parts.get('advisories'))),
    ],
  };
}

interface Repository {
  readonly checkedAt: number;
  readonly hasAdvisories: boolean;
}

/** By the name of the cache's directory, `baseos-0123456789abcdef`, without its hash. */
function readRepositories(metadata: ProbePart | undefined): ReadonlyMap<string, Repository> {
  const rows = (metadata?.lines ?? []).map((line) => /^(\d{1,11}) (with|without) (\/.+)$/.exec(line));
  return new Map(
    rows.flatMap((row) => {
      const directory =
        (row?.[3] ?? '')
          .replace(/\/(?:repodata\/)?repomd\.xml$/, '')
          .split('/')
          .at(-1) ?? '';
      const id = directory.replace(/-[0-9a-f]{16}$/, '');
      return row ? [[id, { checkedAt: Number(row[1]), hasAdvisories: row[2] === 'with' }] as const] : [];
    }),
  );
}

const UPDATES = 100;
const UPDATE = /^(\S+)\.(\w+) +(\S+) +(\S+)$/;

function whyUnknown(parts: ProbeParts, repositories: ReadonlyMap<string, Repository>): string | undefined {
  const updates = parts.get('updates');
  if (updates?.exitCode !== UPDATES && updates?.exitCode !== 0) {
    const complaint = updates?.lines.find((line) => /^error/i.test(line));
    return complaint ? shownWords(complaint) : describePart(updates);
  }
  if (updates.exitCode === UPDATES && updateLines(updates).length === 0) {
    return 'dnf announced updates and named none';
  }
  return repositories.size === 0 ? 'dnf has no cached metadata to compare with; `dnf makecache` fetches it' : undefined;
}

/** What follows `Obsoleting Packages` is listed already. */
function updateLines({ lines }: ProbePart): readonly RegExpExecArray[] {
  const end = lines.findIndex((line) => line.startsWith('Obsoleting'));
  return matchLines({ lines: lines.slice(0, end < 0 ? undefined : end) }, UPDATE);
}

function readPending(parts: ProbeParts, repositories: ReadonlyMap<string, Repository>): readonly PendingPackage[] {
  const updates = parts.get('updates');
  const advisories = parts.get('advisories');
  const secure = new Set(advisories?.lines.flatMap(advisedName));
  const versions = new Map(
    (parts.get('versions')?.lines ?? []).map((line) => line.split(' ') as [string, string | undefined]),
  );
  return (updates ? updateLines(updates) : []).map(([, name = '', arch, to = '', source = '']) => {
    const isAdvised = secure.has(name);
    const isKnown = advisories?.exitCode === 0 && repositories.get(source)?.hasAdvisories === true;
    const security = isAdvised || (isKnown ? false : undefined);
    return { name, arch, from: versions.get(`${name}.${arch}`), to, security, source, held: false };
  });
}

/** `RHSA-2026:1234 Important/Sec. demo-openssl-1.0.2-1.noarch` */
function advisedName(line: string): readonly string[] {
  const name = /^\S+ +\S+ +(\S+)-[^-\s]+-[^-\s]+\.\w+$/.exec(line.trim())?.[1];
  return name === undefined ? [] : [name];
}

function silentGap(source: string, advisories: ProbePart | undefined): string {
  return advisories?.exitCode === 0
    ? `security state of updates from ${shownWords(source)}: the repository has no updateinfo metadata`
    : `security state of updates from ${shownWords(source)}: ${describePart(advisories)}`;
}

/** The version lock is a plugin: without it nothing is locked by it. */
function readHeld(part: ProbePart | undefined): readonly string[] | undefined {
  if (part?.exitCode !== 0) {
    return /no such command/i.test(part?.lines.join(' ') ?? '') ? [] : undefined;
  }
  return part.lines.filter((line) => /^\S+-\S+$/.test(line));
}

/** First words of `dnf repolist`; yum adds `/7/x86_64`. */
function enabledRepositories(part: ProbePart | undefined): readonly string[] {
  return matchLines(part, /^(?!repo id|repolist:)([^\s/:!*]+)\S* {2,}\S/).map(([, id = '']) => id);
}

/** Of the repositories that are enabled, the one that was looked at longest ago. */
function oldestCheck(enabled: readonly string[], repositories: ReadonlyMap<string, Repository>): number | undefined {
  const checked = enabled.flatMap((id) => repositories.get(id)?.checkedAt ?? []);
  return checked.length > 0 ? Math.min(...checked) : undefined;
}
