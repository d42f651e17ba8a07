import type { StoredSession } from './ports.ts';

const MINUTE_MS = 60_000;

export const LINK_GOOD_MS = 10 * MINUTE_MS;
export const SESSION_GOOD_MS = 8 * 60 * MINUTE_MS;
const SESSION_IDLE_MS = 60 * MINUTE_MS;
/** Every request would write a row else. */
const TOUCH_AFTER_MS = MINUTE_MS;

export function isAlive({ seenAt, expiresAt }: StoredSession, now: Date): boolean {
  return now < expiresAt && now.getTime() - seenAt.getTime() < SESSION_IDLE_MS;
}

export function isWorthTouching({ seenAt }: StoredSession, now: Date): boolean {
  return now.getTime() - seenAt.getTime() >= TOUCH_AFTER_MS;
}

/** A path of our own pages; anything else would lead people away after the sign-in. */
export function isOwnPath(path: string): boolean {
  return /^\/(?:[\w.~%-]+(?:\/[\w.~%-]+)*)?$/.test(path);
}
