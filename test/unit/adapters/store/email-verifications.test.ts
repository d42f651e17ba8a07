import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createEmailVerificationStore } from '../../../../src/adapters/store/email-verifications.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { EmailVerification } from '../../../../src/services/email-identities/email-verification.ts';
import { NOW } from '../../../support/builders.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const BEGUN: EmailVerification = {
  customer: 'acme',
  domain: 'acme.example',
  region: 'eu-central-1',
  begunAt: new Date(NOW.getTime() + 123),
  isBeginKnown: true,
  cards: [{ channelId: 'C0ACMEOPS', key: 'k' }],
  reminded: [],
};

describe('createEmailVerificationStore', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate email_verifications'));

  it('keeps one a customer: the newest', async () => {
    const verifications = createEmailVerificationStore(store);
    expect(await verifications.find('acme')).toBeUndefined();
    await verifications.begin(BEGUN);
    expect(await verifications.find('acme')).toEqual(BEGUN);
    const later = { ...BEGUN, domain: 'mail.acme.example', begunAt: new Date(NOW.getTime() + 999) };
    await verifications.begin(later);
    expect(await verifications.find('acme')).toEqual(later);
  });

  it('lists those that are open, and forgets none that has ended', async () => {
    const verifications = createEmailVerificationStore(store);
    await verifications.begin(BEGUN);
    await verifications.begin({ ...BEGUN, customer: 'globex', begunAt: NOW });
    expect((await verifications.open()).map(({ customer }) => customer)).toEqual(['globex', 'acme']);
    const ended = { ...BEGUN, endedAt: NOW, outcome: 'verified' } as const;
    expect(await verifications.update(BEGUN, () => ended)).toEqual(ended);
    expect((await verifications.open()).map(({ customer }) => customer)).toEqual(['globex']);
    expect(await verifications.find('acme')).toEqual(ended);
  });

  it('changes only the one that is meant, and loses no change of two at once', async () => {
    const verifications = createEmailVerificationStore(store);
    await verifications.begin(BEGUN);
    const other = { customer: 'acme', begunAt: NOW };
    expect(await verifications.update(other, (found) => ({ ...found, reminded: [99] }))).toBeUndefined();
    const add = (hours: number) =>
      verifications.update(BEGUN, (found) => ({ ...found, reminded: [...found.reminded, hours] }));
    await Promise.all([24, 48, 66].map(add));
    expect((await verifications.find('acme'))?.reminded.toSorted()).toEqual([24, 48, 66]);
  });
});
