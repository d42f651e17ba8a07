import type { AccessDeps } from './access-deps.ts';
import type { EndWish, Grant } from './grant.ts';
import { isKnownGrantee } from './with-granted-roles.ts';

/** Why it has to end now; `undefined`: it goes on. */
export type EndCause = EndWish['why'] | 'time';

/** The end itself is over: at `until` nobody is let in any more. */
export function causeOfEnd(grant: Grant, deps: Pick<AccessDeps, 'clock' | 'config'>): EndCause | undefined {
  if (grant.endWish !== undefined) {
    return grant.endWish.why;
  }
  if (deps.clock.now().getTime() >= grant.until.getTime()) {
    return 'time';
  }
  return isKnownGrantee(grant, deps.config()) ? undefined : 'person_unknown';
}

/** Writes down that it ends; from then on nobody makes accounts of it, and whoever looks at it cleans up. Again is the same. */
export async function beginEnding(id: string, cause: EndCause, deps: AccessDeps): Promise<Grant> {
  const { store, clock, cards } = deps;
  const grant = await store.update(id, (found) => toEnding(found, cause, clock.now()));
  await cards.redraw(id);
  return grant;
}

/** Judged again under the lock: an extension may have moved the end meanwhile. */
function toEnding(found: Grant, cause: EndCause, now: Date): Grant {
  if (found.state !== 'granting' && found.state !== 'active') {
    return found;
  }
  if (cause === 'time') {
    const isOver = found.endWish !== undefined || now.getTime() >= found.until.getTime();
    return isOver ? { ...found, state: 'ending' } : found;
  }
  return { ...found, state: 'ending', endWish: found.endWish ?? { why: cause, at: now } };
}
