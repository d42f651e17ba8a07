import type { Clock } from '../domain/clock.ts';
import { paced } from './paced.ts';

export interface Progress<Found> {
  readonly clock: Clock;
  /** Slack takes about one edit a second of a message. */
  readonly everyMs: number;
  ask(onProgress: (found: Found) => void): Promise<Found>;
  show(found: Found, isFinal: boolean): Promise<void>;
}

/** Shows what is found so far, paced, and at the end all of it; nothing partial comes after the end. */
export async function showProgress<Found>({ clock, everyMs, ask, show }: Progress<Found>): Promise<void> {
  const progress = paced(clock, everyMs, (found: Found) => show(found, false));
  const found = await ask(progress.call);
  await progress.end();
  await show(found, true);
}
