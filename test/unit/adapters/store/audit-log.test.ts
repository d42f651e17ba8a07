import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createAuditLog, type VerifiableAuditLog } from '../../../../src/adapters/store/audit-log.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { AuditEvent } from '../../../../src/services/audit/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const anEvent = (event: Partial<AuditEvent> = {}): AuditEvent => ({
  actor: 'T1:alice',
  actorName: 'Alice',
  action: 'host.status',
  customer: 'acme',
  environment: 'prod',
  hosts: ['apim-1'],
  result: 'succeeded',
  requestId: 'r-1',
  ...event,
});

let store: Store;
let audit: VerifiableAuditLog;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
});
afterAll(() => store.close());
beforeEach(async () => {
  await tamper('truncate audit');
  audit = createAuditLog(store);
});

/** As somebody who owns the database: with the trigger switched off. */
async function tamper(...statements: string[]): Promise<void> {
  const off = 'alter table audit disable trigger audit_is_append_only';
  const on = 'alter table audit enable trigger audit_is_append_only';
  await store.pool.query([off, ...statements, on].join(';'));
}

const append = async (...events: readonly AuditEvent[]) => {
  for (const event of events) {
    await audit.append(event);
  }
};
const fiveRows = () => append(...[1, 2, 3, 4, 5].map((n) => anEvent({ requestId: `r-${n}` })));

describe('createAuditLog', () => {
  it('gives back what was appended, newest first, with number and time', async () => {
    const event = anEvent({ reason: 'disk full', before: { used: 93 }, after: { used: 40 } });
    await append(anEvent({ requestId: 'first' }), event);

    const [newest, oldest] = await audit.list({ customers: 'all', limit: 10 });

    expect(newest).toEqual({ ...event, seq: 2, at: expect.any(Date) });
    expect(oldest).toMatchObject({ seq: 1, requestId: 'first' });
  });

  it('lists by customer, person, environment and time, and no more than asked', async () => {
    await append(
      anEvent({ requestId: 'acme-prod' }),
      anEvent({ requestId: 'acme-dev', environment: 'dev', actor: 'T1:bob' }),
      anEvent({ requestId: 'globex', customer: 'globex' }),
      anEvent({ requestId: 'nobody', customer: undefined, environment: undefined }),
    );
    const ids = async (filter: Partial<Parameters<typeof audit.list>[0]>) => {
      const entries = await audit.list({ customers: 'all', limit: 10, ...filter });
      return entries.map(({ requestId }) => requestId);
    };

    expect(await ids({})).toEqual(['nobody', 'globex', 'acme-dev', 'acme-prod']);
    expect(await ids({ customers: ['acme'] })).toEqual(['acme-dev', 'acme-prod']);
    expect(await ids({ customers: [] })).toEqual([]);
    expect(await ids({ actor: 'T1:bob' })).toEqual(['acme-dev']);
    expect(await ids({ environment: 'dev' })).toEqual(['acme-dev']);
    expect(await ids({ since: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await ids({ limit: 1 })).toEqual(['nobody']);
  });

  it('takes every character that a person can type', async () => {
    const reason = 'nul \0, half a pair \ud800, “quotes” and 💥';
    await append(anEvent({ reason, environment: 'prod\0', actor: 'T1:mallory\ud800' as 'T1:mallory' }));

    const [entry] = await audit.list({ customers: 'all', limit: 1 });

    expect(entry?.reason).toBe(reason);
    expect(await audit.verify()).toMatchObject({ intact: true });
  });

  it('keeps one chain without gaps when several replicas append at once', async () => {
    const logs = [audit, createAuditLog(store), createAuditLog(store)];

    await Promise.all(Array.from({ length: 60 }, (_, n) => logs[n % 3]?.append(anEvent({ requestId: `r-${n}` }))));

    expect(await audit.verify()).toMatchObject({ intact: true, entries: 60 });
  });

  it('keeps the order of one caller', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => audit.append(anEvent({ requestId: `r-${n}` }))));

    const entries = await audit.list({ customers: 'all', limit: 20 });

    expect(entries.map(({ requestId }) => requestId)).toEqual(Array.from({ length: 20 }, (_, n) => `r-${19 - n}`));
  });

  it('refuses update, delete and truncate', async () => {
    await fiveRows();

    for (const statement of ['update audit set actor = actor', 'delete from audit', 'truncate audit']) {
      await expect(store.pool.query(statement)).rejects.toThrow(/append-only/);
    }
  });

  it('has an empty chain before the first entry', async () => {
    expect(await audit.verify()).toEqual({ intact: true, entries: 0, headHash: '0'.repeat(64) });
  });

  it('names the first row that was changed', async () => {
    await fiveRows();
    await tamper(`update audit set entry = replace(entry, 'r-3', 'r-9') where seq in (3, 4)`);

    expect(await audit.verify()).toMatchObject({ intact: false, brokenAt: 3 });
  });

  it('names a row whose hash was made to fit', async () => {
    await fiveRows();
    await tamper(
      `update audit set entry = replace(entry, 'r-3', 'r-9') where seq = 3`,
      `update audit set hash = encode(sha256(convert_to(prev || E'\\n' || seq || E'\\n' || entry, 'UTF8')), 'hex') where seq = 3`,
    );

    expect(await audit.verify()).toMatchObject({ intact: false, brokenAt: 4 });
  });

  it.each(['actor', 'customer', 'environment'])('names a row whose column %s says something else', async (column) => {
    await fiveRows();
    await tamper(`update audit set ${column} = 'else' where seq = 2`);

    expect(await audit.verify()).toMatchObject({ intact: false, brokenAt: 2 });
  });

  it.each([
    ['in the middle', 'seq = 3', 3],
    ['at the beginning', 'seq = 1', 1],
  ])('names a row that was removed %s', async (_where, condition, brokenAt) => {
    await fiveRows();
    await tamper(`delete from audit where ${condition}`);

    expect(await audit.verify()).toMatchObject({ intact: false, brokenAt });
  });

  it('notices rows that were removed at the end when it is given a published head', async () => {
    await fiveRows();
    const published = await audit.verify();
    const headHash = published.intact ? published.headHash : '';
    await tamper('delete from audit where seq > 3');

    expect(await audit.verify()).toMatchObject({ intact: true, entries: 3 });
    expect(await audit.verify(headHash)).toMatchObject({ intact: false, brokenAt: 4 });
  });

  it('finds an older published head in a chain that has grown', async () => {
    await fiveRows();
    const published = await audit.verify();
    await fiveRows();

    expect(await audit.verify(published.intact ? published.headHash : '')).toMatchObject({ intact: true, entries: 10 });
  });

  it('verifies more rows than one page', async () => {
    await Promise.all(Array.from({ length: 2_500 }, (_, n) => audit.append(anEvent({ requestId: `r-${n}` }))));

    expect(await audit.verify()).toMatchObject({ intact: true, entries: 2_500 });
  });

  it('tells the caller when an entry could not be written', async () => {
    await store.pool.query('alter table audit rename to audit_away');
    const failed = await audit.append(anEvent()).then(
      () => undefined,
      (error: Error) => error,
    );
    await store.pool.query('alter table audit_away rename to audit');
    await audit.append(anEvent());

    expect(failed?.message).toMatch(/audit/);
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 1 });
  });
});
