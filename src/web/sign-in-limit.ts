const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** Counts tries of the last minute. */
export interface TryLimit {
  /** Counts one more; `false`: that was too many. */
  allows(address: string): boolean;
}

/** Tokens cannot be guessed; this keeps the store free of whoever tries. */
export function createTryLimit(most: number, now: () => number = Date.now): TryLimit {
  let begunAt = now();
  const tries = new Map<string, number>();
  return {
    allows(address) {
      if (now() - begunAt >= WINDOW_MS || tries.size >= MOST_ADDRESSES) {
        begunAt = now();
        tries.clear();
      }
      const count = (tries.get(address) ?? 0) + 1;
      tries.set(address, count);
      return count <= most;
    },
  };
}
