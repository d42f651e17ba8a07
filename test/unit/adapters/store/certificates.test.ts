import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createCertificateStore } from '../../../../src/adapters/store/certificates.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { HostCertificates } from '../../../../src/services/certificates/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day, 5, 40));

function found(host: string, day: number, environment = 'prod'): HostCertificates {
  const certificates = [
    { where: 'https://127.0.0.1:9443', product: 'is', subject: 'CN=localhost', endsAt: at(20) },
    { where: '/a.p12', product: 'is', subject: '', endsAt: undefined, note: 'locked' },
  ];
  return { customer: 'acme', environment, host, checkedAt: at(day), certificates };
}

describe('createCertificateStore', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());

  it('keeps the last of each host, of each environment for itself', async () => {
    const certificates = createCertificateStore(store);
    for (const one of [
      found('is-2', 2),
      found('is-1', 2),
      found('is-1', 3),
      found('is-1', 1),
      found('is-9', 2, 'dev'),
    ]) {
      await certificates.save(one);
    }
    expect(await certificates.list('acme', 'prod')).toEqual([found('is-1', 3), found('is-2', 2)]);
    expect(await certificates.list('globex', 'prod')).toEqual([]);
  });
});
