import { ACCESS_TOPIC, type AccessDeps, customerOf } from './access-deps.ts';
import { beginEnding, causeOfEnd } from './begin-ending.ts';
import type { Grant } from './grant.ts';
import { RECORDING_MS } from './record-once.ts';
import { settleExtension } from './settle-extension.ts';
import { AGAIN, type Next, type Turn, waitFor } from './turn.ts';

/** While it is open: its end, an extension that was decided, the reminder; whatever is due first. */
export async function watchOver(grant: Grant, turn: Turn): Promise<Next> {
  const { deps } = turn;
  const cause = causeOfEnd(grant, deps);
  if (cause !== undefined) {
    await beginEnding(grant.id, cause, deps);
    return AGAIN;
  }
  const settled = grant.extension === undefined ? 'waits' : await settleExtension(grant, grant.extension, turn);
  if (settled !== 'waits') {
    return settled === 'busy' ? waitFor(ACCESS_TOPIC, RECORDING_MS) : AGAIN;
  }
  const now = deps.clock.now().getTime();
  const remindIn = remindAt(grant, deps) - now;
  if (grant.remindedAt === undefined && remindIn <= 0) {
    await deps.cards.reminder(grant);
    await deps.store.update(grant.id, (found) => ({ ...found, remindedAt: deps.clock.now() }));
    return AGAIN;
  }
  const endsIn = grant.until.getTime() - now;
  return waitFor(ACCESS_TOPIC, endsIn, grant.remindedAt === undefined ? remindIn : endsIn);
}

/** Not before half of a short one is over. Milliseconds since 1970. */
function remindAt(grant: Grant, deps: Pick<AccessDeps, 'config'>): number {
  const until = grant.until.getTime();
  const begun = (grant.begunAt ?? grant.requestedAt).getTime();
  return Math.max(until - (customerOf(grant, deps)?.access?.remindMs ?? 0), begun + (until - begun) / 2);
}
