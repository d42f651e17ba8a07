import type { Inventory } from '../../domain/inventory.ts';
import { createAlertCleanUps } from './alert-boards.ts';
import type { Store } from './open-store.ts';

const INBOX_KEPT_DAYS = 14;
/** An edit of an older message would be a new message that nobody expects. */
const MESSAGE_KEPT_DAYS = 30;
/** Rows of replicas that were killed; the living beat every few seconds. */
const REPLICA_KEPT_HOURS = 24;

/** One kind of old row and how to remove it; resolves with how many. */
export interface StoreCleanUp {
  readonly what: string;
  run(): Promise<number>;
}

/** @param inventory asked at each run, since it can be reloaded. */
export function createStoreCleanUps(store: Store, inventory: () => Inventory): readonly StoreCleanUp[] {
  const { pool } = store;
  const removeBy =
    (statement: string, values: unknown[] = []) =>
    async () =>
      (await pool.query(statement, values)).rowCount ?? 0;
  return [
    { what: 'expired key-values', run: removeBy('delete from kv where expires_at <= now()') },
    {
      what: 'finished interactions',
      run: removeBy(`delete from inbox where finished_at < now() - interval '${INBOX_KEPT_DAYS} days'`),
    },
    {
      what: 'old messages',
      run: removeBy(`delete from outbox where updated_at < now() - interval '${MESSAGE_KEPT_DAYS} days'`),
    },
    {
      what: 'idle lanes of the outbox',
      run: removeBy(`delete from outbox_lanes where greatest(next_post_at, paused_until) < now() - interval '1 hour'`),
    },
    {
      what: 'dead replicas',
      run: removeBy(`delete from replicas where seen < now() - interval '${REPLICA_KEPT_HOURS} hours'`),
    },
    {
      what: 'reports of vanished hosts',
      run: () => removeBy(vanishedFrom('host_reports'), [JSON.stringify(hostsOf(inventory()))])(),
    },
    {
      what: 'pending updates of vanished hosts',
      run: () => removeBy(vanishedFrom('pending_security'), [JSON.stringify(hostsOf(inventory()))])(),
    },
    { what: 'maintenances that are over', run: removeBy('delete from maintenances where until <= now()') },
    ...createAlertCleanUps(store),
  ];
}

function vanishedFrom(table: 'host_reports' | 'pending_security'): string {
  return `delete from ${table} r where not exists (
    select from jsonb_to_recordset($1::jsonb) as known(customer text, environment text, host text)
    where known.customer = r.customer and known.environment = r.environment and known.host = r.host)`;
}

function hostsOf({ customers }: Inventory) {
  return customers.flatMap((customer) =>
    customer.environments.flatMap((environment) =>
      environment.hosts.map((host) => ({ customer: customer.id, environment: environment.name, host: host.name })),
    ),
  );
}
