import { UserError } from '../../domain/errors.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import type { AccountEnd } from '../linux-accounts/linux-account.ts';
import type { AccessDeps } from './access-deps.ts';

/** How it ended on a host; the note is for people. */
export interface HostEnd {
  readonly ok: boolean;
  readonly note?: string | undefined;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Tries again while the way to the host is broken for a moment. @throws {HopFailure} the last one, when patience is over. */
export async function withPatience(
  attempt: (signal: AbortSignal) => Promise<AccountEnd>,
  { clock, patienceMs }: Pick<AccessDeps, 'clock' | 'patienceMs'>,
  signal: AbortSignal,
): Promise<HostEnd> {
  const deadline = clock.now().getTime() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return toHostEnd(await attempt(signal));
    } catch (error) {
      const isOver = clock.now().getTime() + waitMs > deadline || signal.aborted;
      if (isOver || !(error instanceof HopFailure)) {
        throw error;
      }
    }
    await clock.sleep(waitMs, signal);
  }
}

export function toHostEnd(end: AccountEnd): HostEnd {
  return end.ok
    ? { ok: true, note: end.note }
    : { ok: false, note: [end.reason, end.advice].filter((part) => part !== undefined).join('. ') };
}

export function describeFailure(
  error: unknown,
  { grantId, host }: { readonly grantId: string; readonly host: string },
  { logger }: Pick<AccessDeps, 'logger'>,
): string {
  if (error instanceof HopFailure) {
    return `not reached: ${error.message}. Look whether it is up.`;
  }
  if (error instanceof UserError) {
    return [error.message, error.hint].filter((part) => part !== undefined).join(' ');
  }
  logger.error('Account of a grant failed', { grant: grantId, host, error });
  return `it failed inside msops; its log has the cause, under ${grantId}`;
}
