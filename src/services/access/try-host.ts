import { UserError } from '../../domain/errors.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import type { AccountEnd } from '../linux-accounts/linux-account.ts';
import type { AccessDeps } from './access-deps.ts';

/** How it ended on a host; the note is for people. */
export interface HostEnd {
  readonly ok: boolean;
  readonly note?: string | undefined;
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
