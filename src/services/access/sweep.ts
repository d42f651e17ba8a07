import { ACCESS_WORKFLOW, type AccessDeps, wake, workflowIdOf } from './access-deps.ts';
import { awaitDecision } from './await-decision.ts';
import { beginEnding, causeOfEnd } from './begin-ending.ts';
import { finishEnding } from './finish-ending.ts';
import type { Grant } from './grant.ts';
import type { Turn } from './turn.ts';
import { watchOver } from './watch-over.ts';

const STARTED_WITHIN_MS = 60_000;

/**
 * The second lock on the door: ends what is over, also when its workflow is late or lost. One that fails, or a host
 * that does not answer, holds up no other.
 */
export async function sweep(deps: AccessDeps): Promise<void> {
  const grants = await deps.store.unfinished();
  await Promise.all(
    grants.map(async (grant) => {
      try {
        await sweepOne(grant, deps);
      } catch (error) {
        deps.logger.error('A grant could not be swept', { grant: grant.id, error });
      }
    }),
  );
}

async function sweepOne(found: Grant, deps: AccessDeps): Promise<void> {
  if (found.state === 'requested') {
    return reviveRequest(found, deps);
  }
  const grant = found.state === 'ending' ? found : await endIfDue(found, deps);
  if (grant.state === 'ending') {
    await finishEnding(grant, turnOf(deps));
    await wake(grant, `swept:${grant.id}`, deps);
  } else {
    await keepGoing(grant, deps);
  }
}

/** A workflow that nobody knows of any more begins anew, from what the store says; one that failed cannot. */
async function keepGoing(grant: Grant, deps: AccessDeps): Promise<void> {
  const { engine } = deps;
  if ((await engine.state(workflowIdOf(grant.id))) === undefined) {
    await engine.start(ACCESS_WORKFLOW, { id: workflowIdOf(grant.id), input: { grantId: grant.id } });
  } else if (grant.state === 'active' && (await isLost(grant, deps))) {
    await watchOver(grant, turnOf(deps));
  }
}

async function endIfDue(grant: Grant, deps: AccessDeps): Promise<Grant> {
  const isStranded = grant.state === 'granting' && (await isLost(grant, deps));
  const cause = causeOfEnd(grant, deps) ?? (isStranded ? 'failed' : undefined);
  return cause === undefined ? grant : beginEnding(grant.id, cause, deps);
}

/** Nobody is left who could finish what was begun. */
async function isLost({ id }: Grant, { engine }: AccessDeps): Promise<boolean> {
  const workflow = await engine.state(workflowIdOf(id));
  return workflow === 'failed' || workflow === 'canceled';
}

/** Whoever wrote it down died before its workflow began; or the workflow is lost, and it has to be asked for again. */
async function reviveRequest(grant: Grant, deps: AccessDeps): Promise<void> {
  const { engine, clock, store } = deps;
  const { id, requestedAt } = grant;
  const now = clock.now();
  if (await isLost(grant, deps)) {
    const endWish = { why: 'failed', reason: 'it was lost inside msops; ask again', at: now } as const;
    await awaitDecision(await store.update(id, (found) => ({ ...found, endWish: found.endWish ?? endWish })), deps);
    await deps.cards.redraw(id);
  } else if (
    now.getTime() - requestedAt.getTime() >= STARTED_WITHIN_MS &&
    (await engine.state(workflowIdOf(id))) === undefined
  ) {
    await engine.start(ACCESS_WORKFLOW, { id: workflowIdOf(id), input: { grantId: id } });
  }
}

function turnOf(deps: AccessDeps): Turn {
  return { deps, signal: new AbortController().signal };
}
