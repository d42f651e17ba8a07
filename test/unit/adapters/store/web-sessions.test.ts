import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createWebSessionCleanUps, createWebSessionStore } from '../../../../src/adapters/store/web-sessions.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const now = new Date();
const soon = new Date(now.getTime() + 60_000);
const LINK = { hash: 'a'.repeat(64), person: 'T0ACME:U0DANA', path: '/acme/prod', expiresAt: soon } as const;
const SESSION = { hash: 'b'.repeat(64), person: 'T0ACME:U0DANA', begunAt: now, seenAt: now, expiresAt: soon } as const;

describe('createWebSessionStore', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate web_links, web_sessions'));

  it('uses a link up for one caller only', async () => {
    const sessions = createWebSessionStore(store);
    await sessions.saveLink(LINK);
    const tries = await Promise.all([1, 2, 3, 4].map(() => sessions.spendLink(LINK.hash, now)));
    expect(tries.filter((one) => one !== undefined)).toEqual([{ person: 'T0ACME:U0DANA', path: '/acme/prod' }]);
    expect(await sessions.ownerOfLink(LINK.hash)).toBe('T0ACME:U0DANA');
  });

  it('refuses a link that is unknown or too old', async () => {
    const sessions = createWebSessionStore(store);
    await sessions.saveLink(LINK);
    expect(await sessions.spendLink(LINK.hash, soon)).toBeUndefined();
    expect(await sessions.spendLink('c'.repeat(64), now)).toBeUndefined();
    expect(await sessions.ownerOfLink('c'.repeat(64))).toBeUndefined();
  });

  it('keeps a session until it is ended, and when it was used', async () => {
    const sessions = createWebSessionStore(store);
    await sessions.begin(SESSION);
    expect(await sessions.find(SESSION.hash)).toEqual(SESSION);
    await sessions.touch(SESSION.hash, soon);
    await sessions.touch(SESSION.hash, now);
    expect((await sessions.find(SESSION.hash))?.seenAt).toEqual(soon);
    await sessions.end(SESSION.hash, now);
    expect(await sessions.find(SESSION.hash)).toBeUndefined();
  });

  it('removes what expired long ago', async () => {
    const sessions = createWebSessionStore(store);
    const longAgo = new Date(now.getTime() - 8 * 86_400_000);
    await sessions.saveLink(LINK);
    await sessions.saveLink({ ...LINK, hash: 'old', expiresAt: longAgo });
    await sessions.begin(SESSION);
    await sessions.begin({ ...SESSION, hash: 'old', expiresAt: longAgo });
    const removed = await Promise.all(createWebSessionCleanUps(store).map(({ run }) => run()));
    expect(removed).toEqual([1, 1]);
    expect(await sessions.find(SESSION.hash)).toBeDefined();
  });
});
