import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createAuditLog } from '../../src/adapters/store/audit-log.ts';
import type { Store } from '../../src/adapters/store/open-store.ts';
import type { Secret } from '../../src/domain/secret.ts';
import { createTestDatabase, openTestStore } from '../support/postgres.ts';

const PROGRAM = new URL('../../src/audit-verify.ts', import.meta.url).pathname;

describe('npm run audit:verify', () => {
  let databaseUrl: Secret;
  let store: Store;

  beforeAll(async () => {
    databaseUrl = await createTestDatabase(inject('postgresSocket'));
    store = await openTestStore(databaseUrl);
    const event = { actor: 'msops', actorName: 'msops', action: 'host.status', result: 'succeeded' } as const;
    await Promise.all([1, 2, 3].map((n) => createAuditLog(store).append({ ...event, requestId: `r-${n}` })));
  });
  afterAll(() => store.close());

  /** Without any token in the environment. */
  async function run(options: string[] = [], url = databaseUrl.reveal()) {
    const child = spawn(process.execPath, [PROGRAM, ...options], { env: { DATABASE_URL: url } });
    const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { out, err, exitCode };
  }

  it('prints how many entries there are and the head, which it takes again', async () => {
    const first = await run();
    const head = first.out.match(/Head: (\w{64})/)?.[1] ?? '';
    const again = await run(['--head', head]);

    expect(first).toMatchObject({ exitCode: 0, out: expect.stringContaining('intact: 3 entries') });
    expect(again).toEqual(first);
  });

  it('names the store, so that nobody takes an empty one for the right one', async () => {
    expect((await run()).out).toMatch(/^Store: PostgreSQL at /m);
  });

  it('does not take a head that is not in the chain', async () => {
    const { out, exitCode } = await run(['--head', 'a'.repeat(64)]);

    expect([exitCode, out]).toEqual([1, expect.stringMatching(/BROKEN at row 4: the given head is not in the chain/)]);
  });

  it('shows the usage when it is asked wrongly', async () => {
    const [notAHash, unknown] = await Promise.all([run(['--head', 'latest']), run(['--all'])]);

    expect([notAHash.exitCode, unknown.exitCode]).toEqual([2, 2]);
    expect(unknown.err).toMatch(/--all.*\nUsage: npm run audit:verify/s);
  });

  it('says where it looked when there is no store', async () => {
    const { err, exitCode } = await run([], 'postgres://msops:hunter2@127.0.0.1:1/msops');

    expect(exitCode).toBe(75);
    expect(err).toMatch(/127\.0\.0\.1:1 cannot be used/);
    expect(err).not.toContain('hunter2');
  });

  it('names the first row that was changed', async () => {
    await store.pool.query('alter table audit disable trigger all');
    await store.pool.query(`update audit set entry = replace(entry, 'succeeded', 'failed') where seq >= 2`);

    const { out, exitCode } = await run();

    expect([exitCode, out]).toEqual([1, expect.stringMatching(/BROKEN at row 2: row 2 was changed/)]);
  });
});
