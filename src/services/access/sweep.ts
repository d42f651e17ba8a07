import { ACCESS_WORKFLOW, type AccessDeps, wake, workflowIdOf } from './access-deps.ts';
import { beginEnding, causeOfEnd } from './begin-ending.ts';
import { finishEnding } from './finish-ending.ts';
import type { Grant } from './grant.ts';

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
    await finishEnding(grant, { deps, signal: new AbortController().signal });
    await wake(grant, `swept:${grant.id}`, deps);
  }
}

async function endIfDue(grant: Grant, deps: AccessDeps): Promise<Grant> {
  const cause = causeOfEnd(grant, deps) ?? (await lossOf(grant, deps));
  return cause === undefined ? grant : beginEnding(grant.id, cause, deps);
}

/** Nobody is left who could finish what was begun. */
async function lossOf({ id, state }: Grant, { engine }: AccessDeps): Promise<'failed' | undefined> {
  const workflow = state === 'granting' ? await engine.state(workflowIdOf(id)) : 'pending';
  return workflow === 'failed' || workflow === 'canceled' ? 'failed' : undefined;
}

/** Whoever wrote it down died before its workflow began. */
async function reviveRequest({ id, requestedAt }: Grant, { engine, clock }: AccessDeps): Promise<void> {
  const isLate = clock.now().getTime() - requestedAt.getTime() >= STARTED_WITHIN_MS;
  if (isLate && (await engine.state(workflowIdOf(id))) === undefined) {
    await engine.start(ACCESS_WORKFLOW, { id: workflowIdOf(id), input: { grantId: id } });
  }
}
