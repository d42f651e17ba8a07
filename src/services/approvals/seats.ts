import type { ApprovalGroup } from '../../domain/approval-policy.ts';
import { emptySeats } from '../../domain/empty-seats.ts';
import type { OpenSeats } from './approval.ts';

export interface GroupSeating<Who> {
  readonly groups: readonly ApprovalGroup[];
  /** Each takes one seat at most. Those who come first keep having one. */
  readonly people: readonly Who[];
  fits(person: Who, group: ApprovalGroup): boolean;
}

/** The seats that stay open when as many people as possible have one. */
export function openSeats<Who>({ groups, people, fits }: GroupSeating<Who>): readonly OpenSeats[] {
  const seats = groups.flatMap((group) => Array.from({ length: group.count }, () => group));
  const empty = emptySeats({ seats, people, fits });
  return groups.flatMap((group) => {
    const count = empty.filter((seat) => seat === group).length;
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
