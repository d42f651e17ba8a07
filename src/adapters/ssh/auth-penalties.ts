import type { Clock } from '../../domain/clock.ts';
import { HopError } from './hop-error.ts';

export interface AuthPenalties {
  /** @throws {HopError} when the endpoint refused us often enough and its time is not over. */
  check(key: string, depth: number): void;
  failed(key: string): void;
  succeeded(key: string): void;
}

export interface AuthPenaltiesOptions {
  readonly clock: Clock;
  /** So many refusals in a row are enough. */
  readonly failures: number;
  readonly backOffMs: number;
}

/** Stops knocking where we are refused: sshd, PAM and fail2ban punish the address that every customer's jobs come from. */
export function createAuthPenalties({ clock, failures, backOffMs }: AuthPenaltiesOptions): AuthPenalties {
  const refusals = new Map<string, { readonly count: number; readonly until: number }>();

  return {
    check(key, depth) {
      const refusal = refusals.get(key);
      if (refusal !== undefined && refusal.count >= failures && clock.now().getTime() < refusal.until) {
        const until = new Date(refusal.until).toISOString().slice(11, 19);
        const detail = `refused ${refusal.count} times in a row, not tried again before ${until} UTC`;
        throw new HopError({ kind: 'authentication_failed', depth, detail });
      }
    },
    failed(key) {
      const count = (refusals.get(key)?.count ?? 0) + 1;
      refusals.set(key, { count, until: clock.now().getTime() + backOffMs });
    },
    succeeded(key) {
      refusals.delete(key);
    },
  };
}
