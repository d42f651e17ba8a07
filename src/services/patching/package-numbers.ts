import type { OsSample, PendingPackage } from './os-sample.ts';

/** What the packages of either family come down to. */
export type PackageNumbers = Pick<
  OsSample,
  'pending' | 'securityKnown' | 'removals' | 'keptBack' | 'held' | 'listsAgeSeconds' | 'gaps'
>;

/** Security updates first, then those that may be some, then by name. */
export function orderPending(pending: readonly PendingPackage[]): readonly PendingPackage[] {
  return pending.toSorted((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}

function rank({ security }: PendingPackage): number {
  return security === undefined ? 1 : security ? 0 : 2;
}

/** Security updates, or `undefined` when nobody can say how many there are. Held ones count. */
export function countSecurity({ pending, securityKnown }: OsSample): number | undefined {
  return securityKnown ? pending?.filter(({ security }) => security).length : undefined;
}

/** Between two times in seconds; `undefined` when one is missing or the file is from the future. */
export function ageOf(time: number | undefined, now: number | undefined): number | undefined {
  return time === undefined || now === undefined || time > now + CLOCK_SLACK ? undefined : Math.max(0, now - time);
}

const CLOCK_SLACK = 300;
