import type { Alert, Severity } from '../alerts/alert.ts';
import type { Telling } from '../alerts/ports.ts';
import type { NoticeStep } from './notice-ports.ts';

const RANK: Readonly<Record<Severity, number>> = { unknown: 0, warning: 1, critical: 2 };

export interface NoticeOccasion {
  readonly step: NoticeStep;
  /** Part of the keys: `begin`, `worse-3`, `end`. */
  readonly name: string;
  /** What is told, worst first; at the end what has ended last. */
  readonly alerts: readonly Alert[];
  readonly severity: Severity;
  /** Whether anything that somebody may have to act on is new, or worse than before. */
  readonly hasNews: boolean;
}

/** What is worth telling outside Slack; `undefined`: nothing, as after a click or a new number. */
export function noticeOccasion({ group, thread }: Telling): NoticeOccasion | undefined {
  if (group.endedAt !== undefined) {
    return occasion('end', { name: 'end', alerts: told(thread?.change.ended ?? []), hasNews: false });
  }
  const alerts = told(group.alerts);
  const isFirst = thread === undefined && group.told === 0 && group.drawnAt?.getTime() === group.begunAt.getTime();
  if (alerts.length === 0 || (thread === undefined && (!isFirst || group.acknowledged !== undefined))) {
    return undefined;
  }
  if (thread === undefined) {
    return occasion('begin', { name: 'begin', alerts, hasNews: true });
  }
  const step = hasWorsened(alerts, thread.change) ? 'worse' : 'changed';
  const { fired, worsened } = thread.change;
  const hasNews = told([...fired, ...worsened]).length > 0;
  return occasion(step, { name: `${step}-${thread.number}`, alerts, hasNews });
}

function worstOf(alerts: readonly Pick<Alert, 'severity'>[]): Severity {
  return alerts.map(({ severity }) => severity).toSorted((one, other) => RANK[other] - RANK[one])[0] ?? 'unknown';
}

function occasion(step: NoticeStep, rest: Pick<NoticeOccasion, 'name' | 'alerts' | 'hasNews'>): NoticeOccasion {
  return { step, ...rest, severity: worstOf(rest.alerts) };
}

/** Nobody is told of suppressed ones. */
function told(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.filter(({ suppressed }) => suppressed === undefined);
}

/** Whether the whole is worse than it was: one more that is as bad as the others is not. */
function hasWorsened(members: readonly Alert[], change: NonNullable<Telling['thread']>['change']): boolean {
  const changed = new Set([...change.fired, ...change.worsened].map(nameOf));
  const [news, others] = [true, false].map((isNew) => members.filter((alert) => changed.has(nameOf(alert)) === isNew));
  return rankOf(news ?? []) > rankOf([...(others ?? []), ...change.ended]);
}

function nameOf({ host, subject }: Alert): string {
  return JSON.stringify([host, subject]);
}

/** Of nothing: below every severity. */
function rankOf(alerts: readonly Alert[]): number {
  return Math.max(-1, ...told(alerts).map(({ severity }) => RANK[severity]));
}
