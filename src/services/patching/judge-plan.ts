import { count } from '../../domain/count.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import { listSome } from '../../domain/list-some.ts';
import type { OsSample } from './os-sample.ts';
import { countSecurity } from './package-numbers.ts';

/** Debian's security lists change every few days; older ones were not fetched. */
export const STALE_LISTS_SECONDS = 7 * 86_400;

export interface PlanVerdict {
  readonly level: Exclude<Level, 'unreachable'>;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** What waits to be done, and what stands in the way of it. Updates that are no security updates are no finding. */
export function judgePlan(sample: OsSample): PlanVerdict {
  return verdictOf([
    ...judgeObstacles(sample),
    ...judgeSecurity(sample),
    ...judgeLists(sample),
    ...judgeRestarts(sample),
    ...sample.gaps.map((text): Finding => ({ level: 'unknown', text })),
  ]);
}

const SEVERITY: Record<Finding['level'], number> = { critical: 0, warning: 1, unknown: 2 };

export function verdictOf(findings: readonly Finding[]): PlanVerdict {
  const sorted = findings.toSorted((one, other) => SEVERITY[one.level] - SEVERITY[other.level]);
  return { level: sorted[0]?.level ?? 'ok', findings: sorted };
}

function judgeObstacles({ family, interrupted, lockHolders, keptBack, removals }: OsSample): readonly Finding[] {
  const holders = lockHolders ?? [];
  return [
    ...(interrupted
      ? [critical('dpkg was interrupted: nothing installs until `dpkg --configure -a` has repaired it')]
      : []),
    ...(interrupted === undefined && family === 'debian' ? [unknown('whether dpkg was interrupted')] : []),
    ...(holders.length > 0 ? [warning(`the package manager is in use by ${listed(holders)}`)] : []),
    ...(keptBack.length > 0 ? [warning(`kept back, their dependencies do not allow it: ${listed(keptBack)}`)] : []),
    ...(removals.length > 0 ? [warning(`for everything to come, this would be removed: ${listed(removals)}`)] : []),
  ];
}

function judgeSecurity(sample: OsSample): readonly Finding[] {
  const all = countSecurity(sample);
  const known = (sample.pending ?? []).filter(({ security }) => security);
  const held = known.filter((update) => update.held).map(({ name }) => name);
  const words = `${all === undefined ? 'at least ' : ''}${count(known.length, 'security update')}`;
  return [
    ...(known.length > 0 ? [warning(`${words} pending: ${listed(known.map(({ name }) => name))}`)] : []),
    ...(held.length > 0 ? [warning(`held, so these security updates do not install: ${listed(held)}`)] : []),
  ];
}

function judgeLists({ listsAgeSeconds, family }: OsSample): readonly Finding[] {
  if (listsAgeSeconds === undefined || listsAgeSeconds < STALE_LISTS_SECONDS) {
    return [];
  }
  const refresh = family === 'rhel' ? 'dnf makecache' : 'apt-get update';
  const days = Math.floor(listsAgeSeconds / 86_400);
  return [warning(`the package lists are ${days} days old, so there may be more; \`${refresh}\` was not run`)];
}

export function judgeRestarts({ kernel, restarts = [] }: OsSample): readonly Finding[] {
  const { running = 'unknown', newest } = kernel;
  const why = newest === undefined || newest === running ? '' : `: kernel ${newest} is installed, ${running} runs`;
  return [
    ...(kernel.rebootNeeded ? [warning(`a reboot is needed${why}`)] : []),
    ...(restarts.length > 0 ? [warning(`on replaced files until restarted: ${listed(restarts)}`)] : []),
  ];
}

const NAMED = 6;

export function listed(names: readonly string[]): string {
  return listSome(names, NAMED);
}

function critical(text: string): Finding {
  return { level: 'critical', text };
}

function warning(text: string): Finding {
  return { level: 'warning', text };
}

function unknown(text: string): Finding {
  return { level: 'unknown', text };
}
