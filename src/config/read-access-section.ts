import type * as z from 'zod';
import type { AccessSettings } from '../domain/inventory.ts';
import { Duration, listOf, oneOf, section } from './fields.ts';

/** Those that lead somewhere: the log viewer is not there yet. */
const KINDS = ['dashboard', 'linux'] as const;
const LONGEST_MS = 90 * 86_400_000;
const SHORTEST_MS = 900_000;

const AtMost = Duration.refine((ms) => ms >= SHORTEST_MS && ms <= LONGEST_MS, 'must be from 15m to 90d');

/** What people of a customer may ask for; every request needs an approval for the change `access`. */
export const ReadAccessSection = section({
  kinds: listOf(oneOf('kind of access', KINDS)).default([...KINDS]),
  at_most: AtMost.default(7 * 86_400_000),
  remind_before: Duration.default(3_600_000),
});
export type ReadAccessSection = z.infer<typeof ReadAccessSection>;

export function toReadAccess(section: ReadAccessSection | undefined): AccessSettings | undefined {
  return section && { kinds: section.kinds, longestMs: section.at_most, remindMs: section.remind_before };
}
