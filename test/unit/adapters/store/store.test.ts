import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openStore, type Store } from '../../../../src/adapters/store/open-store.ts';
import { SetupError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';

const failureOf = (databaseUrl: string) =>
  openStore({ databaseUrl: new Secret(databaseUrl), directory: '/nowhere', logger: createRecordingLogger() }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('openStore', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());

  it('has every table after the start', async () => {
    const tables = await store.db.introspection.getTables();

    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inbox', 'audit', 'host_reports', 'replicas', 'kv']),
    );
  });

  it('lets several replicas migrate an empty database at once', async () => {
    const empty = await createTestDatabase(inject('postgresSocket'), { empty: true });

    const stores = await Promise.all([1, 2, 3, 4].map(() => openTestStore(empty)));

    const counts = await Promise.all(
      stores.map(({ db }) => db.selectFrom('audit').select(db.fn.countAll<string>().as('rows')).execute()),
    );
    expect(counts.flat()).toEqual([{ rows: '0' }, { rows: '0' }, { rows: '0' }, { rows: '0' }]);
    await Promise.all(stores.map(({ close }) => close()));
  });

  it('refuses a database that a newer msops has used', async () => {
    const database = await createTestDatabase(inject('postgresSocket'));
    const first = await openTestStore(database);
    await first.pool.query(`insert into kysely_migration values ('9999-future', '2999-01-01T00:00:00.000Z')`);
    await first.close();

    await expect(openTestStore(database)).rejects.toThrow(/newer msops/);
  });

  it('names host, port and reason, and never the password, when nothing listens', async () => {
    const failure = await failureOf('postgresql://msops:hunter2@127.0.0.1:1/msops');

    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(/127\.0\.0\.1:1 cannot be used: nothing listens there/);
    expect((failure as Error).message).not.toContain('hunter2');
  });

  it('leaves a server that may be on its way up to the supervisor, and a wrong setting to its owner', async () => {
    const missing = (await createTestDatabase(inject('postgresSocket')))
      .reveal()
      .replace(/test_\w+/, 'no_such_database');

    expect(await failureOf('postgresql://msops@127.0.0.1:1/msops')).toMatchObject({ exitCode: 75 });
    expect(await failureOf(missing)).toMatchObject({ exitCode: 78 });
  });

  it('tells a missing database from a missing server', async () => {
    const url = (await createTestDatabase(inject('postgresSocket'))).reveal().replace(/test_\w+/, 'no_such_database');

    expect(((await failureOf(url)) as Error).message).toMatch(/it has no database of this name/);
  });

  it('does not show an address that it cannot read', async () => {
    const failure = (await failureOf('postgresql://msops:hunter2#x@host/db')) as Error;

    expect(failure).toBeInstanceOf(SetupError);
    expect(`${failure.message} ${JSON.stringify(failure.cause ?? {})}`).not.toContain('hunter2');
  });
});
