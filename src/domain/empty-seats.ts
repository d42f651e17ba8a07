/** Who may take which seat; each person takes one at most. */
export interface Seating<Seat, Who> {
  /** The same one may be there several times. */
  readonly seats: readonly Seat[];
  readonly people: readonly Who[];
  fits(person: Who, seat: Seat): boolean;
}

/**
 * The seats that stay empty when as many people as possible have one; those who come first keep having one. Somebody
 * who fits two seats moves over for somebody who fits only one of them.
 */
export function emptySeats<Seat, Who>({ seats, people, fits }: Seating<Seat, Who>): readonly Seat[] {
  const holders = new Map<number, { readonly who: Who }>();

  /** Along an augmenting path: takes an empty seat, or one whose holder finds another. */
  function place(who: Who, tried: Set<number>): boolean {
    return seats.some((seat, index) => {
      if (tried.has(index) || !fits(who, seat)) {
        return false;
      }
      tried.add(index);
      const holder = holders.get(index);
      if (holder !== undefined && !place(holder.who, tried)) {
        return false;
      }
      holders.set(index, { who });
      return true;
    });
  }

  for (const who of people) {
    place(who, new Set());
  }
  return seats.filter((_seat, index) => !holders.has(index));
}
