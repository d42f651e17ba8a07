import { count } from '../../domain/count.ts';
import { spanInWords } from '../../domain/duration.ts';
import type { Finding } from '../../domain/host-report.ts';
import { listed } from './judge-plan.ts';
import type { WaitingUpdate } from './ports.ts';

/** What waits for longer than was agreed. @param withinMs `undefined`: nothing was agreed. */
export function findOverdue(
  waiting: readonly WaitingUpdate[],
  withinMs: number | undefined,
  now: Date,
): readonly WaitingUpdate[] {
  return withinMs === undefined ? [] : waiting.filter(({ since }) => now.getTime() - since.getTime() > withinMs);
}

/** Critical: a promise is broken. */
export function judgeOverdue(overdue: readonly WaitingUpdate[], withinMs: number, now: Date): readonly Finding[] {
  if (overdue.length === 0) {
    return [];
  }
  const names = listed(overdue.map(({ name, since }) => `${name} (${spanInWords(now.getTime() - since.getTime())})`));
  const waiting = count(overdue.length, 'security update waits', 'security updates wait');
  return [{ level: 'critical', text: `${waiting} for longer than the ${spanInWords(withinMs)} agreed: ${names}` }];
}
