/** The time of the local AWS: the machine's own, moved ahead as somebody says. */
export interface MovableClock {
  now(): Date;
  advance(ms: number): void;
}

export function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance(ms) {
      ahead += ms;
    },
  };
}
