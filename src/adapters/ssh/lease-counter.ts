import type { ReleaseSlot } from './fair-limiter.ts';

/** Counts who uses something, to know when nobody does. */
export interface LeaseCounter {
  lease(): ReleaseSlot;
  count(): number;
}

export function createLeaseCounter(onNone: () => void): LeaseCounter {
  let count = 0;
  return {
    count: () => count,
    lease() {
      count += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) {
          return;
        }
        isHeld = false;
        count -= 1;
        if (count === 0) {
          onNone();
        }
      };
    },
  };
}
