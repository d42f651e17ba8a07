/** Lets some at a time; whoever comes later waits in line. */
export interface Turns {
  /** Resolves when it is the caller's turn, which has to be passed on. */
  take(): Promise<void>;
  pass(): void;
  /** Who has a turn. */
  readonly taken: number;
  /** Who stands in line. */
  readonly waiting: number;
}

export function createTurns(atOnce: number): Turns {
  const line: (() => void)[] = [];
  let taken = 0;
  return {
    async take() {
      if (taken < atOnce) {
        taken += 1;
        return;
      }
      await new Promise<void>((resolve) => line.push(resolve)); // Whoever is done hands its turn over.
    },
    pass() {
      const next = line.shift();
      if (next === undefined) {
        taken -= 1;
      } else {
        next();
      }
    },
    get taken() {
      return taken;
    },
    get waiting() {
      return line.length;
    },
  };
}
