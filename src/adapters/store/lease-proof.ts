/** For how long a lease can still be proved, by the monotonic clock of this process. */
export interface LeaseProof {
  /** @param askedAt When the database was asked, `performance.now()`; its answer counts from later. */
  extend(askedAt: number): void;
  lose(): void;
  /** It is not needed any more. */
  end(): void;
}

/** @param onLost is called once, when `lastsMs` have gone by since it was asked for last. */
export function createLeaseProof(lastsMs: number, onLost: () => void): LeaseProof {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function end(): void {
    isOver = true;
    clearTimeout(timer);
  }

  function lose(): void {
    if (!isOver) {
      end();
      onLost();
    }
  }

  return {
    extend(askedAt) {
      const remainingMs = askedAt + lastsMs - performance.now();
      clearTimeout(timer);
      if (remainingMs <= 0) {
        lose();
      } else if (!isOver) {
        timer = setTimeout(lose, remainingMs);
      }
    },
    lose,
    end,
  };
}
