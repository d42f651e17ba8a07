import { setTimeout as sleep } from 'node:timers/promises';

/** What a workflow asks of its engine passes here, so that a stopping engine leaves it unfinished instead of failed. */
export interface Gate {
  readonly isClosed: boolean;
  /** Runs the call. Once the gate is closed, a call neither starts nor fails any more: its promise stays open for ever. */
  pass<T>(call: () => Promise<T>): Promise<T>;
  /** Closes; resolves when no call of `passCounted` runs any more, or after `withinMs`. */
  close(withinMs: number): Promise<void>;
  /** As `pass`, for work that is worth waiting for. */
  passCounted<T>(call: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  const inFlight = new Set<Promise<unknown>>();
  let isClosed = false;

  async function pass<T>(call: () => Promise<T>): Promise<T> {
    if (isClosed) {
      return forever();
    }
    try {
      return await call();
    } catch (error) {
      if (isClosed) {
        return forever();
      }
      throw error;
    }
  }

  return {
    get isClosed() {
      return isClosed;
    },
    pass,
    passCounted(call) {
      const passed = pass(call);
      const counted = passed.catch(() => undefined).finally(() => inFlight.delete(counted));
      inFlight.add(counted);
      return passed;
    },
    async close(withinMs) {
      isClosed = true;
      const timer = new AbortController();
      await Promise.race([
        Promise.all(inFlight),
        sleep(withinMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined),
      ]);
      timer.abort();
    },
  };
}

function forever(): Promise<never> {
  return new Promise<never>(() => undefined);
}
