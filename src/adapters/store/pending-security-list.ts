import { sql } from 'kysely';
import type { PendingSecurityList } from '../../services/digests/ports.ts';
import type { Store } from './open-store.ts';

/** What `createPendingSecurity` has noted; a package counts once, however many of its versions were noted. */
export function createPendingSecurityList({ db }: Store): PendingSecurityList {
  return {
    async list(customer, environment) {
      const { rows } = await sql<Row>`select host, count(distinct package)::int as security, min(first_seen) as oldest
        from pending_security where customer = ${customer} and environment = ${environment}
        group by host order by oldest, host`.execute(db);
      return rows;
    },
  };
}

interface Row {
  readonly host: string;
  readonly security: number;
  readonly oldest: Date;
}
