import type { Clock } from '../../domain/clock.ts';

/** The machine's clock. The only place that reads it for services. */
export const systemClock: Clock = {
  now: () => new Date(),
  // Not by `timers/promises`: most sleeps are called off, and it makes an error with a stack for each.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake, { once: true });
    }),
};
