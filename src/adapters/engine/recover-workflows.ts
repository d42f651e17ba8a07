import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { sql } from 'kysely';
import type { Store } from '../store/open-store.ts';
import { aliveReplicas, type Replicas } from '../store/replicas.ts';

/**
 * Puts the workflows of dead replicas back into DBOS's queue; whoever is free goes on with them.
 * DBOS without its paid companion does not notice that a replica died. Reads one of its tables and calls one
 * function that it names internal: this file and its test are all there is to look at when DBOS is updated.
 */
export async function recoverWorkflows({ db }: Store, { settings }: Pick<Replicas, 'settings'>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct executor_id as id from dbos.workflow_status
    where status = 'PENDING' and executor_id not in ${aliveReplicas(settings)}`.execute(db);
  if (rows.length > 0) {
    await DBOSExecutor.globalInstance?.recoverPendingWorkflows(rows.map(({ id }) => id));
  }
}
