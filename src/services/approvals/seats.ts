import type { ApprovalGroup } from '../../domain/approval-policy.ts';
import type { OpenSeats } from './approval.ts';

export interface Seating<Who> {
  readonly groups: readonly ApprovalGroup[];
  /** Each takes one seat at most. Those who come first keep having one. */
  readonly people: readonly Who[];
  fits(person: Who, group: ApprovalGroup): boolean;
}

interface Seat<Who> {
  readonly group: ApprovalGroup;
  holder?: { readonly who: Who };
}

/**
 * The seats that stay open when as many people as possible have one. Somebody who fits two groups moves over for
 * somebody who fits only one of them.
 */
export function openSeats<Who>({ groups, people, fits }: Seating<Who>): readonly OpenSeats[] {
  const seats = groups.flatMap((group) => Array.from({ length: group.count }, (): Seat<Who> => ({ group })));

  /** Along an augmenting path: takes a free seat, or one whose holder finds another. */
  function seat(who: Who, tried: Set<Seat<Who>>): boolean {
    return seats.some((wanted) => {
      if (tried.has(wanted) || !fits(who, wanted.group)) {
        return false;
      }
      tried.add(wanted);
      if (wanted.holder !== undefined && !seat(wanted.holder.who, tried)) {
        return false;
      }
      wanted.holder = { who };
      return true;
    });
  }

  for (const who of people) {
    seat(who, new Set());
  }
  return groups.flatMap((group) => {
    const count = seats.filter((wanted) => wanted.group === group && wanted.holder === undefined).length;
    return count > 0 ? [{ ...group, count }] : [];
  });
}

export function countSeats(groups: readonly ApprovalGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** `2 × *approver* of ours and 1 × *customer* of the customer's own people`. */
export function describeSeats(groups: readonly ApprovalGroup[]): string {
  return groups.map(({ count, role, team }) => `${count} × *${role}*${WHOSE[team]}`).join(' and ');
}

const WHOSE: Readonly<Record<ApprovalGroup['team'], string>> = {
  home: ' of ours',
  customer: " of the customer's own people",
  any: '',
};
