export interface Turns<Item, Result> {
  readonly items: readonly Item[];
  /** How many are worked on at a time. */
  readonly atOnce: number;
  work(item: Item): Promise<Result>;
}

/** Works on a few at a time. Results in the order of the items; after the first failure none is begun. */
export async function inTurns<Item, Result>({ items, atOnce, work }: Turns<Item, Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let hasFailed = false;
  async function takeTurns(): Promise<void> {
    for (const [index, item] of waiting) {
      if (hasFailed) {
        return;
      }
      results[index] = await work(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return results;
}
