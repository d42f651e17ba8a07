import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createPendingSecurity } from '../../../../src/adapters/store/pending-security.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const PLACE = { customer: 'acme', environment: 'prod', host: 'mi-1' };
const WHOLE = { isComplete: true };
const openssl = (version: string) => ({ name: 'openssl', version });

describe('createPendingSecurity', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate pending_security'));

  const age = (days: number) =>
    store.pool.query(`update pending_security set first_seen = now() - interval '${days} days'`);
  const daysOf = ({ since }: { since: Date }) => Math.round((Date.now() - since.getTime()) / 86_400_000);

  it('remembers since when each waits, longest first', async () => {
    const pending = createPendingSecurity(store);
    await pending.note(PLACE, [openssl('3')], WHOLE);
    await age(9);
    const found = await pending.note(PLACE, [{ name: 'apt', version: '2' }, openssl('3')], WHOLE);
    expect(found.map((update) => [update.name, update.version, daysOf(update)])).toEqual([
      ['openssl', '3', 9],
      ['apt', '2', 0],
    ]);
  });

  it('takes a newer version for the same wait', async () => {
    const pending = createPendingSecurity(store);
    await pending.note(PLACE, [openssl('3')], WHOLE);
    await age(9);
    const found = await pending.note(PLACE, [openssl('4')], WHOLE);
    expect(found.map((update) => [update.version, daysOf(update)])).toEqual([['4', 9]]);
    expect((await store.pool.query('select 1 from pending_security')).rowCount).toBe(1);
  });

  it('forgets what waits no more, so that it starts anew', async () => {
    const pending = createPendingSecurity(store);
    await pending.note(PLACE, [openssl('3')], WHOLE);
    await age(9);
    expect(await pending.note(PLACE, [], WHOLE)).toEqual([]);
    const [again] = await pending.note(PLACE, [openssl('3')], WHOLE);
    expect(daysOf(again!)).toBe(0);
  });

  it('keeps what it could not see', async () => {
    const pending = createPendingSecurity(store);
    await pending.note(PLACE, [openssl('3')], WHOLE);
    await age(9);
    expect(await pending.note(PLACE, [], { isComplete: false })).toEqual([]);
    const [again] = await pending.note(PLACE, [openssl('3'), openssl('3')], WHOLE);
    expect(daysOf(again!)).toBe(9);
  });

  it('keeps hosts apart', async () => {
    const pending = createPendingSecurity(store);
    await pending.note(PLACE, [openssl('3')], WHOLE);
    await pending.note({ ...PLACE, host: 'mi-2' }, [], WHOLE);
    await age(9);
    const [other] = await pending.note({ ...PLACE, customer: 'globex' }, [openssl('3')], WHOLE);
    expect(daysOf(other!)).toBe(0);
    expect(await pending.note(PLACE, [openssl('3')], WHOLE)).toHaveLength(1);
  });
});
