import { closestMatch } from 'leven';

const LONGEST_COMPARED = 64;
/** Swapped letters are a distance of 2, which in a shorter word would be any word. */
const SHORTEST_WITH_SWAP = 4;

/**
 * The candidate that somebody most likely meant, or `undefined` when none is close. Upper and lower case are the same.
 * A third of the letters may differ, and two swapped letters always; more than 64 letters are nobody's typing slip.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST_COMPARED) {
    return undefined;
  }
  const maxDistance = word.length < SHORTEST_WITH_SWAP ? 1 : Math.max(2, Math.floor(word.length / 3));
  const folded = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const match = closestMatch(word.toLowerCase(), [...folded.keys()], { maxDistance });
  return match === undefined ? undefined : folded.get(match);
}
