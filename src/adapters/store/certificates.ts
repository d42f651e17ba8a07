import { sql } from 'kysely';
import type { CertificateStore, HostCertificates } from '../../services/certificates/ports.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

type Certificates = HostCertificates['certificates'];

/** One row a host; an older answer never replaces a newer one. */
export function createCertificateStore({ db }: Store): CertificateStore {
  return {
    async save({ customer, environment, host, checkedAt, certificates }) {
      await sql`insert into certificates (customer, environment, host, doc, checked_at)
        values (${customer}, ${environment}, ${host}, ${JSON.stringify(certificates)}, ${checkedAt})
        on conflict (customer, environment, host)
        do update set doc = excluded.doc, checked_at = excluded.checked_at
        where certificates.checked_at <= excluded.checked_at`.execute(db);
    },

    async list(customer, environment) {
      const { rows } = await sql<Row>`select host, doc, checked_at from certificates
        where customer = ${customer} and environment = ${environment} order by host`.execute(db);
      return rows.map(({ host, doc, checked_at: checkedAt }) => ({
        ...{ customer, environment, host, checkedAt },
        certificates: reviveDates<Certificates>(doc, ['[].endsAt']),
      }));
    },
  };
}

interface Row {
  readonly host: string;
  /** JSON. */
  readonly doc: string;
  readonly checked_at: Date;
}
