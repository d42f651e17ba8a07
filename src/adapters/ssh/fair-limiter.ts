import { onAbort } from './abortable.ts';

/** Gives back a slot. A second call does nothing. */
export type ReleaseSlot = () => void;

export interface FairLimiter {
  /**
   * Resolves when there is a slot. First come first served within a group; groups take turns.
   * @throws the signal's reason when it aborts first.
   */
  acquire(group: string, signal: AbortSignal): Promise<ReleaseSlot>;
  waiting(): number;
}

export interface FairLimiterOptions {
  readonly total: number;
  readonly perGroup: number;
}

type Grant = (release: ReleaseSlot) => void;

/** Slots shared by groups, so that a group that wants them all cannot starve the others. */
export function createFairLimiter({ total, perGroup }: FairLimiterOptions): FairLimiter {
  const queues = new Map<string, Set<Grant>>();
  const active = new Map<string, number>();
  let inUse = 0;

  function nextGroup(): string | undefined {
    return [...queues.keys()].find((group) => (active.get(group) ?? 0) < perGroup);
  }

  function dispatch(): void {
    for (let group = nextGroup(); group !== undefined && inUse < total; group = nextGroup()) {
      const queue = queues.get(group);
      const [grant] = queue ?? [];
      queues.delete(group);
      if (queue === undefined || grant === undefined) {
        continue;
      }
      queue.delete(grant);
      if (queue.size > 0) {
        queues.set(group, queue); // Behind the other groups: they take turns.
      }
      grant(take(group));
    }
  }

  function take(group: string): ReleaseSlot {
    inUse += 1;
    active.set(group, (active.get(group) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        inUse -= 1;
        lower(active, group);
        dispatch();
      }
    };
  }

  return {
    acquire(group, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const queue = queues.get(group) ?? new Set<Grant>();
        const grant: Grant = (release) => {
          stop();
          resolve(release);
        };
        const stop = onAbort(signal, (reason) => {
          queue.delete(grant);
          reject(reason);
        });
        queue.add(grant);
        queues.set(group, queue);
        dispatch();
      });
    },
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.size, 0),
  };
}

function lower(counts: Map<string, number>, group: string): void {
  const left = (counts.get(group) ?? 1) - 1;
  if (left > 0) {
    counts.set(group, left);
  } else {
    counts.delete(group);
  }
}
