const DAY_MS = 86_400_000;
/** As the reference says for keystores and TLS. */
const WARNING_MS = 30 * DAY_MS;
const CRITICAL_MS = 7 * DAY_MS;
/** Ends do not move by themselves, so for so long the last answer of a host still counts. */
const KNOWN_MS = 3 * DAY_MS;

/** @param leftMs until a certificate ends; below 0 when it has ended. */
export function certificateLevel(leftMs: number): 'ok' | 'warning' | 'critical' {
  if (leftMs > WARNING_MS) {
    return 'ok';
  }
  return leftMs > CRITICAL_MS ? 'warning' : 'critical';
}

/** Whether what a host said of its certificates then still counts. */
export function areEndsKnown(checkedAt: Date, now: Date): boolean {
  return now.getTime() - checkedAt.getTime() <= KNOWN_MS;
}
