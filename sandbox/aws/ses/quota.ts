import { AwsError } from '../aws-error.ts';
import type { SesRegion } from './ses-region.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Recipients, not mails. */
export function sentLast24Hours({ mails }: SesRegion, now: Date): number {
  const since = now.getTime() - DAY_MS;
  return mails.filter(({ at }) => at.getTime() > since).reduce((sum, { recipients }) => sum + recipients.length, 0);
}

/**
 * A mail to many goes out while anything of the quota is left; the next one waits until it is paid back.
 *
 * @throws {AwsError} TooManyRequestsException, which the SDK tries again by itself.
 */
export function checkQuota(region: SesRegion, now: Date): void {
  if (sentLast24Hours(region, now) >= region.max24Hours) {
    throw new AwsError('TooManyRequestsException', 'Daily message quota exceeded.');
  }
  const last = region.mails.at(-1);
  const pauseMs = ((last?.recipients.length ?? 0) / region.maxPerSecond) * 1_000;
  if (last !== undefined && now.getTime() - last.at.getTime() < pauseMs) {
    throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.');
  }
}
