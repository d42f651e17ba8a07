import { closestMatch } from 'leven';

const LONGEST_COMPARED = 64;

/**
 * The candidate that somebody most likely meant, or `undefined` when none is close. Upper and lower case are the same.
 * A third of the letters may differ, at least one; longer words than 64 letters are nobody's typing slip.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST_COMPARED) {
    return undefined;
  }
  const maxDistance = Math.max(1, Math.floor(word.length / 3));
  const folded = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const match = closestMatch(word.toLowerCase(), [...folded.keys()], { maxDistance });
  return match === undefined ? undefined : folded.get(match);
}
