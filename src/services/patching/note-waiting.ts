import type { Environment } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { OsSample } from './os-sample.ts';
import type { PendingSecurity, WaitingUpdate } from './ports.ts';

export interface NoteWaitingDeps {
  /** Missing: nobody remembers, and nothing is overdue. */
  readonly waiting?: PendingSecurity | undefined;
  readonly logger: Logger;
}

/**
 * Writes down which security updates wait on a host. Held ones wait too.
 *
 * @returns those with since when; `undefined` when it is not known.
 */
export async function noteWaiting(
  { waiting, logger }: NoteWaitingDeps,
  { environment, host }: { readonly environment: Environment; readonly host: string },
  { pending, securityKnown }: OsSample,
): Promise<readonly WaitingUpdate[] | undefined> {
  if (waiting === undefined || pending === undefined) {
    return undefined;
  }
  const updates = pending
    .filter(({ security }) => security === true)
    .map(({ name, arch, to }) => ({ name: arch === undefined ? name : `${name}.${arch}`, version: to }));
  const place = { customer: environment.customer, environment: environment.name, host };
  try {
    return await waiting.note(place, updates, { isComplete: securityKnown });
  } catch (error) {
    logger.error('Pending security updates not noted', { ...place, error });
    return undefined;
  }
}
