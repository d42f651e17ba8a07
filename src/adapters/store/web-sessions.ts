import type { WebSessionStore } from '../../services/sign-in/ports.ts';
import type { StoreCleanUp } from './clean-ups.ts';
import type { Store } from './open-store.ts';

type Session = Parameters<WebSessionStore['begin']>[0];
type PersonId = Session['person'];

/** So long one can still tell whose link it was that somebody tried again. */
const KEPT_DAYS = 7;

export function createWebSessionStore({ pool }: Store): WebSessionStore {
  return {
    async saveLink({ hash, person, path, expiresAt }) {
      const values = [hash, person, path, expiresAt];
      await pool.query('insert into web_links (hash, person, path, expires_at) values ($1, $2, $3, $4)', values);
    },
    async spendLink(hash, now) {
      const { rows } = await pool.query<{ person: PersonId; path: string }>(
        `update web_links set used_at = $2 where hash = $1 and used_at is null and expires_at > $2
         returning person, path`,
        [hash, now],
      );
      return rows[0];
    },
    async ownerOfLink(hash) {
      const statement = 'select person from web_links where hash = $1';
      const { rows } = await pool.query<{ person: PersonId }>(statement, [hash]);
      return rows[0]?.person;
    },
    async begin({ hash, person, begunAt, seenAt, expiresAt }) {
      await pool.query(
        'insert into web_sessions (hash, person, begun_at, seen_at, expires_at) values ($1, $2, $3, $4, $5)',
        [hash, person, begunAt, seenAt, expiresAt],
      );
    },
    async find(hash) {
      const { rows } = await pool.query<Session>(
        `select hash, person, begun_at as "begunAt", seen_at as "seenAt", expires_at as "expiresAt"
         from web_sessions where hash = $1 and ended_at is null`,
        [hash],
      );
      return rows[0];
    },
    async touch(hash, now) {
      await pool.query('update web_sessions set seen_at = greatest(seen_at, $2) where hash = $1', [hash, now]);
    },
    async end(hash, now) {
      await pool.query('update web_sessions set ended_at = $2 where hash = $1 and ended_at is null', [hash, now]);
    },
  };
}

/** For the daily clean-up. */
export function createWebSessionCleanUps({ pool }: Store): readonly StoreCleanUp[] {
  const removeExpired = (table: 'web_links' | 'web_sessions') => async () => {
    const statement = `delete from ${table} where expires_at < now() - interval '${KEPT_DAYS} days'`;
    return (await pool.query(statement)).rowCount ?? 0;
  };
  return [
    { what: 'links to the web pages', run: removeExpired('web_links') },
    { what: 'sessions of the web pages', run: removeExpired('web_sessions') },
  ];
}
