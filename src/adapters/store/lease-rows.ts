import type { Store } from './open-store.ts';

export interface LeaseRowsDeps {
  readonly store: Store;
  readonly owner: string;
  readonly lastsMs: number;
}

/** One row a name, and whose it is until when by the database's clock. Each is one conditional write. */
export interface LeaseRows {
  /** When it is free, over or ours already. Resolves with whether it is ours now. */
  take(name: string): Promise<boolean>;
  /** Resolves with `false` when somebody else has it, or it was given back. */
  renew(name: string): Promise<boolean>;
  release(name: string): Promise<boolean>;
}

const UNTIL = "clock_timestamp() + $3 * interval '1 millisecond'";
const TAKE = `insert into leases (name, owner, until) values ($1, $2, ${UNTIL})
  on conflict (name) do update set owner = excluded.owner, until = excluded.until
  where leases.owner = excluded.owner or leases.until <= clock_timestamp()`;
const RENEW = `update leases set until = ${UNTIL} where name = $1 and owner = $2`;
const RELEASE = 'delete from leases where name = $1 and owner = $2';

export function createLeaseRows({ store: { pool }, owner, lastsMs }: LeaseRowsDeps): LeaseRows {
  const write = async (statement: string, values: readonly unknown[]): Promise<boolean> =>
    (await pool.query(statement, [...values])).rowCount === 1;
  return {
    take: (name) => write(TAKE, [name, owner, lastsMs]),
    renew: (name) => write(RENEW, [name, owner, lastsMs]),
    release: (name) => write(RELEASE, [name, owner]),
  };
}
