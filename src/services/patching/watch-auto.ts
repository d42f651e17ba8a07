import { describeNoAnswer } from './ask-host.ts';
import type { AutoReport } from './patch-service.ts';

/** Why a host is not as it was promised. `unknown`: nobody could tell, twice in a row. */
export type AutoTroubleKind = 'stopped' | 'off' | 'never_ran' | 'overdue' | 'unknown';

export interface AutoTrouble {
  readonly host: string;
  readonly kind: AutoTroubleKind;
  /** The worst finding, plain text. */
  readonly text: string;
  /** ISO time of the check that saw it first. */
  readonly since: string;
  /** Why the last check could not look again; the trouble is that of an earlier one. */
  readonly notSeen?: string | undefined;
}

/** What is remembered of an environment between two checks. JSON. */
export interface AutoWatch {
  /** ISO time of the slot of the last check. */
  readonly slot: string;
  /** ISO time of the slot since when there is trouble without a break; missing: there is none. */
  readonly begun?: string | undefined;
  readonly troubles: readonly AutoTrouble[];
  /** Hosts that had trouble since then and have none any more. */
  readonly recovered: readonly string[];
  /** Checks in a row that could not tell, by host. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** A single unknown may be a busy host. */
const UNKNOWN_CHECKS = 2;

/**
 * One check more. A host that was not reached is not "stopped": what was known of it stays.
 *
 * @returns what to remember. With `begun`, there is something to tell; without troubles, that it is over.
 */
export function watchAuto(before: AutoWatch | undefined, reports: readonly AutoReport[], slot: Date): AutoWatch {
  const now = slot.toISOString();
  const wasOpen = (before?.troubles.length ?? 0) > 0;
  const old = new Map((before?.troubles ?? []).map((trouble) => [trouble.host, trouble]));
  const unknown = countUnknown(before, reports);
  const troubles = reports.flatMap((report) =>
    findTrouble(report, { old: old.get(report.host), unknown: unknown[report.host] ?? 0, now }),
  );
  const ill = new Set(troubles.map(({ host }) => host));
  const better = [...(wasOpen ? (before?.recovered ?? []) : []), ...old.keys()].filter((host) => !ill.has(host));
  const begun = wasOpen ? before?.begun : troubles.length > 0 ? now : undefined;
  return { slot: now, begun, troubles, recovered: wasOpen ? [...new Set(better)] : [], unknown };
}

function countUnknown(before: AutoWatch | undefined, reports: readonly AutoReport[]): Record<string, number> {
  const counts = reports.flatMap((report) => {
    const count = before?.unknown[report.host] ?? 0;
    if (report.failure !== undefined) {
      return count > 0 ? [[report.host, count] as const] : [];
    }
    return report.verdict === 'unknown' ? [[report.host, count + 1] as const] : [];
  });
  return Object.fromEntries(counts);
}

interface KnownOfHost {
  readonly old: AutoTrouble | undefined;
  readonly unknown: number;
  readonly now: string;
}

function findTrouble(report: AutoReport, { old, unknown, now }: KnownOfHost): readonly AutoTrouble[] {
  const { verdict, failure, findings } = report;
  const since = old?.since ?? now;
  if (failure !== undefined) {
    return stays(old, describeNoAnswer({ level: 'unreachable', findings, failure }));
  }
  const kind = kindOf(report);
  if (kind !== undefined) {
    return [troubleOf(report, kind, since)];
  }
  if (verdict !== 'unknown') {
    return [];
  }
  return unknown < UNKNOWN_CHECKS
    ? stays(old, findings[0]?.text ?? 'it could not be told')
    : [troubleOf(report, 'unknown', since)];
}

function stays(old: AutoTrouble | undefined, notSeen: string): readonly AutoTrouble[] {
  return old === undefined ? [] : [{ ...old, notSeen }];
}

/** What is certainly wrong. */
function kindOf({ verdict, overdue = [] }: AutoReport): AutoTroubleKind | undefined {
  if (verdict === 'works' || verdict === 'unknown') {
    return overdue.length > 0 ? 'overdue' : undefined;
  }
  return verdict;
}

function troubleOf(
  { host, findings }: Pick<AutoReport, 'host' | 'findings'>,
  kind: AutoTroubleKind,
  since: string,
): AutoTrouble {
  const wanted = kind === 'overdue' ? /agreed/ : /automatic updates/;
  const text = (findings.find((finding) => wanted.test(finding.text)) ?? findings[0])?.text ?? kind;
  return { host, kind, text, since };
}
