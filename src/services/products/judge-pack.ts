import { count } from '../../domain/count.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Product } from '../../domain/inventory.ts';
import { listSome } from '../../domain/list-some.ts';
import { type PackSample, updateLevelOf } from './pack-sample.ts';

const MEBIBYTE = 1024 ** 2;

export interface PackVerdict {
  /** Why the pack cannot be updated as it is. */
  readonly problems: readonly string[];
  /** What to know before it is. */
  readonly warnings: readonly string[];
}

export interface PackQuestion {
  readonly product: Pick<Product, 'serviceUser'>;
  /** Missing: whether it could be updated at all. */
  readonly level?: number | undefined;
}

/** Whether a pack can be updated. What is not known is no problem by itself unless the update depends on it. */
export function judgePack(sample: PackSample, { product, level }: PackQuestion): PackVerdict {
  return {
    problems: [
      ...judgeTool(sample),
      ...judgeLevel(sample, level),
      ...judgeLeftovers(sample),
      ...judgeDisk(sample),
      ...judgeOwners(sample, product.serviceUser),
    ],
    warnings: [...judgeHotfixRecords(sample), ...judgeLinks(sample), ...judgeState(sample)],
  };
}

/** For a table: problems are critical, warnings warn, gaps are unknown. */
export function packFindings(sample: PackSample, verdict: PackVerdict): readonly Finding[] {
  return [
    ...verdict.problems.map((text): Finding => ({ level: 'critical', text })),
    ...verdict.warnings.map((text): Finding => ({ level: 'warning', text })),
    ...sample.gaps.map((text): Finding => ({ level: 'unknown', text })),
  ];
}

export function levelOf(findings: readonly Finding[]): Exclude<Level, 'unreachable'> {
  return findings[0]?.level ?? 'ok';
}

function judgeTool({ tool, updates }: PackSample): readonly string[] {
  if (updates.kind === 'in_place' || updates.kind === 'wum') {
    const name = updates.kind === 'wum' ? 'WUM' : 'the in-place tool';
    return [`it was updated by ${name}, which WSO2 has ended: it must be migrated to update levels first`];
  }
  if (tool?.kind === 'setup_only') {
    return ['the update tool is not there yet: run `bin/update_tool_setup.sh` as its service user'];
  }
  return tool?.kind === 'none' ? ['there is no update tool in `bin/`'] : [];
}

function judgeLevel({ updates, tool }: PackSample, level: number | undefined): readonly string[] {
  const isUnknown = updates.kind === 'unknown' || (updates.kind === 'levels' && updates.level === undefined);
  if (isUnknown || tool === undefined) {
    return ['what an update depends on could not be found out'];
  }
  const current = updateLevelOf({ updates });
  return current !== undefined && level !== undefined && current > level
    ? [`it is at update level ${current} already; an update never goes back to ${level}`]
    : [];
}

function judgeLeftovers({ hotfixes = [], conflicts = [] }: PackSample): readonly string[] {
  return [
    ...(hotfixes.length > 0
      ? [`hotfixes are in the way: ${listed(hotfixes)}; revert them first, newest first, by \`revert-hotfix\``]
      : []),
    ...(conflicts.length > 0
      ? [`an update before left ${count(conflicts.length, 'conflict')}: ${listed(conflicts)}; resolve them, or revert`]
      : []),
  ];
}

function judgeDisk({ neededBytes: needed, freeBytes: free }: PackSample): readonly string[] {
  if (needed === undefined || free === undefined) {
    return ['whether there is room on the disk could not be found out'];
  }
  return free < needed ? [`${mebibytes(free)} free on the disk of the pack, ${mebibytes(needed)} needed`] : [];
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)} MiB`;
}

/** The tool finds its backups, and may replace its state, only as the account that made them. */
export function judgeOwners({ owners }: PackSample, user: string): readonly string[] {
  const { pack, state, backups } = owners;
  return [
    ...(pack !== undefined && pack !== user
      ? [`its directory belongs to ${pack}, not to its service user ${user}`]
      : []),
    ...(state !== undefined && state !== user
      ? [`it was updated by ${state}, not by its service user ${user}: a revert would not find the backups`]
      : []),
    ...(backups !== undefined && backups.owner !== user
      ? [`the backups in ${backups.path} belong to ${backups.owner}, not to ${user}: a revert would be impossible`]
      : []),
  ];
}

function judgeHotfixRecords({ hotfixes, updates }: PackSample): readonly string[] {
  return hotfixes === undefined && updates.kind === 'levels'
    ? ['hotfixes leave no documented trace; with one applied the update tool refuses']
    : [];
}

function judgeLinks({ links = [] }: PackSample): readonly string[] {
  return links.length > 0 ? [`symbolic links that an update may replace by files: ${listed(links)}`] : [];
}

function judgeState({ running }: PackSample): readonly string[] {
  return running === false ? ['it does not run now, and is started after the update'] : [];
}

const NAMED = 4;

function listed(names: readonly string[]): string {
  return listSome(names, NAMED);
}
