const DAY = { weekday: 'short', month: 'short', day: 'numeric' } as const;
const MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `Sun, Mar 1, 04:00`. */
export function momentIn(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, ...DAY, ...MINUTE }).format(date);
}

/** `04:00`. */
export function minuteIn(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, ...MINUTE }).format(date);
}
