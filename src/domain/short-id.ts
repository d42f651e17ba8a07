import { createHash } from 'node:crypto';

/** Without 0, 1, l and o: people read it aloud and type it. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 8;

/** Eight letters and digits that are the same for the same text: `7kq2m9xd`. So a replay gives the same id. */
export function shortId(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, LENGTH);
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Ids come back from buttons, and whoever clicks can forge them. */
export function looksLikeId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
