import type { AlertBoard, AlertCard, AlertNotices, Telling } from './ports.ts';

export interface NotTold {
  readonly telling: Telling;
  readonly error: unknown;
}

export interface OutsideDeps {
  readonly notices: AlertNotices;
  cardsOf(group: Telling['group']): readonly AlertCard[];
}

/**
 * Tells those outside Slack.
 * @returns what went wrong: these steps stay on the board, and so do later ones of the same group.
 */
export async function tellOutside(
  untold: AlertBoard['untold'],
  { notices, cardsOf }: OutsideDeps,
): Promise<readonly NotTold[]> {
  const failures: NotTold[] = [];
  for (const telling of untold) {
    const { group } = telling;
    const earlier = failures.find((failure) => failure.telling.group.id === group.id);
    const trying = earlier ? Promise.reject(earlier.error) : notices.tell(telling, cardsOf(group));
    await trying.catch((error: unknown) => failures.push({ telling, error }));
  }
  return failures;
}
