import type { BreakGlass } from './break-glass-service.ts';
import type { BreakGlassStore } from './ports.ts';

/** What it is now, and whether this call made it so. */
export interface ChangedBreakGlass {
  readonly breakGlass: BreakGlass;
  readonly isNew: boolean;
}

/**
 * Reads, changes and writes as one: whoever loses the write tries again on what the other has made of it.
 *
 * @param change gives back what it got when nothing is to be written.
 * @returns `undefined` when there is none.
 */
export async function changeBreakGlass(
  id: string,
  change: (found: BreakGlass) => BreakGlass,
  store: BreakGlassStore,
): Promise<ChangedBreakGlass | undefined> {
  for (;;) {
    const found = await store.find(id);
    if (found === undefined) {
      return undefined;
    }
    const breakGlass = change(found.breakGlass);
    if (breakGlass === found.breakGlass) {
      return { breakGlass, isNew: false };
    }
    if (await store.replace(found, breakGlass)) {
      return { breakGlass, isNew: true };
    }
  }
}
