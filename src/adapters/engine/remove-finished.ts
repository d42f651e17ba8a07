import { DBOS } from '@dbos-inc/dbos-sdk';

const PAGE = 200;

/**
 * Deletes workflows that ended before then, with their steps and messages. DBOS keeps them for ever by itself.
 *
 * @returns how many.
 */
export async function removeFinishedWorkflows(endedBefore: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const old = await DBOS.listWorkflows({
      status: ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
      completedBefore: endedBefore.toISOString(),
      limit: PAGE,
      loadInput: false,
      loadOutput: false,
    });
    if (old.length === 0) {
      return removed;
    }
    await DBOS.deleteWorkflows(old.map(({ workflowID }) => workflowID));
    removed += old.length;
  }
}
