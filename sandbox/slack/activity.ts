/** Knows whether anything is going on between Slack and the app. */
export interface Activity {
  /** Something began; call the result when it has ended. */
  begin(): () => void;
  /** Resolves true when nothing was under way for `forMs`, false when that did not happen within `timeoutMs`. */
  settled(forMs: number, timeoutMs: number): Promise<boolean>;
}

const POLL_MS = 20;

export function createActivity(): Activity {
  let inFlight = 0;
  let lastAt = Date.now();
  return {
    begin() {
      let isOpen = true;
      inFlight += 1;
      lastAt = Date.now();
      return () => {
        inFlight -= isOpen ? 1 : 0;
        isOpen = false;
        lastAt = Date.now();
      };
    },
    async settled(forMs, timeoutMs) {
      const from = Date.now();
      while (Date.now() - from < timeoutMs) {
        // Quiet counts from the call on: what the caller did just before may not have arrived yet.
        if (inFlight === 0 && Date.now() - Math.max(lastAt, from) >= forMs) {
          return true;
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      return false;
    },
  };
}
