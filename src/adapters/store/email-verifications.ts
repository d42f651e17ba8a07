import { sql } from 'kysely';
import type { EmailVerificationStore } from '../../services/email-identities/ports.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

type EmailVerification = NonNullable<Awaited<ReturnType<EmailVerificationStore['find']>>>;

interface Row {
  readonly doc: string;
}

/** The document is the truth; the columns beside it are for searching. */
export function createEmailVerificationStore({ db }: Store): EmailVerificationStore {
  return {
    async find(customer) {
      const { rows } = await sql<Row>`select doc from email_verifications where customer = ${customer}`.execute(db);
      return rows.map(revive)[0];
    },
    async open() {
      const { rows } = await sql<Row>`select doc from email_verifications
        where ended_at is null order by begun_at, customer`.execute(db);
      return rows.map(revive);
    },
    async begin(verification) {
      const { customer, domain, begunAt, endedAt = null } = verification;
      await sql`insert into email_verifications (customer, domain, doc, begun_at, ended_at)
        values (${customer}, ${domain}, ${JSON.stringify(verification)}, ${begunAt}, ${endedAt})
        on conflict (customer) do update set domain = excluded.domain, doc = excluded.doc,
          begun_at = excluded.begun_at, ended_at = excluded.ended_at`.execute(db);
    },
    update: ({ customer, begunAt }, change) =>
      db.transaction().execute(async (transaction) => {
        const { rows } = await sql<Row>`select doc from email_verifications
          where customer = ${customer} and begun_at = ${begunAt} for update`.execute(transaction);
        const [found] = rows.map(revive);
        const changed = found && change(found);
        if (changed !== undefined) {
          await sql`update email_verifications set doc = ${JSON.stringify(changed)}, ended_at = ${changed.endedAt ?? null}
            where customer = ${customer}`.execute(transaction);
        }
        return changed;
      }),
  };
}

function revive({ doc }: Row): EmailVerification {
  return reviveDates<EmailVerification>(doc, ['begunAt', 'endedAt']);
}
