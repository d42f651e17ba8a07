/**
 * Can every seat be taken by a person of its own? A matching of seats and people: whoever sits already may move on to
 * another of their seats to make room.
 *
 * @param seats For each seat those who may take it.
 */
export function canFill(seats: readonly (readonly string[])[]): boolean {
  const seatOf = new Map<string, number>();

  function place(seat: number, asked: Set<string>): boolean {
    for (const person of seats[seat] ?? []) {
      if (asked.has(person)) {
        continue;
      }
      asked.add(person);
      const taken = seatOf.get(person);
      if (taken === undefined || place(taken, asked)) {
        seatOf.set(person, seat);
        return true;
      }
    }
    return false;
  }

  return seats.every((_people, seat) => place(seat, new Set()));
}
