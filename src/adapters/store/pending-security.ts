import { sql } from 'kysely';
import type { HostPlace, PendingSecurity, SecurityUpdate } from '../../services/patching/ports.ts';
import type { Store } from './open-store.ts';

/**
 * One row for each version that waits. A newer version of a package that waits already waits as long as the older one:
 * the host has been without a security update of it since then.
 */
export function createPendingSecurity({ db }: Store): PendingSecurity {
  return {
    async note(place, updates, { isComplete }) {
      const found = await db.transaction().execute(async (transaction) => {
        const wanted = JSON.stringify(unique(updates));
        await sql`${insertFrom(place, wanted)}`.execute(transaction);
        if (isComplete) {
          await sql`${deleteOthers(place, wanted)}`.execute(transaction);
        }
        const { rows } = await sql<Row>`${selectFrom(place, wanted)}`.execute(transaction);
        return rows;
      });
      return found.map(({ package: name, version, first_seen: since }) => ({ name, version, since }));
    },
  };
}

interface Row {
  readonly package: string;
  readonly version: string;
  readonly first_seen: Date;
}

function unique(updates: readonly SecurityUpdate[]): readonly SecurityUpdate[] {
  const byKey = new Map(updates.map(({ name, version }) => [`${name} ${version}`, { name, version }]));
  return [...byKey.values()];
}

function insertFrom({ customer, environment, host }: HostPlace, wanted: string) {
  return sql`insert into pending_security (customer, environment, host, package, version, first_seen)
    select ${customer}, ${environment}, ${host}, wanted.name, wanted.version, coalesce(
      (select min(older.first_seen) from pending_security older where older.customer = ${customer}
        and older.environment = ${environment} and older.host = ${host} and older.package = wanted.name), now())
    from jsonb_to_recordset(${wanted}::jsonb) as wanted(name text, version text)
    on conflict do nothing`;
}

function deleteOthers({ customer, environment, host }: HostPlace, wanted: string) {
  return sql`delete from pending_security seen where customer = ${customer} and environment = ${environment}
    and host = ${host} and not exists (
      select from jsonb_to_recordset(${wanted}::jsonb) as wanted(name text, version text)
      where wanted.name = seen.package and wanted.version = seen.version)`;
}

function selectFrom({ customer, environment, host }: HostPlace, wanted: string) {
  return sql`select package, version, first_seen from pending_security seen where customer = ${customer}
    and environment = ${environment} and host = ${host} and exists (
      select from jsonb_to_recordset(${wanted}::jsonb) as wanted(name text, version text)
      where wanted.name = seen.package and wanted.version = seen.version)
    order by first_seen, package`;
}
