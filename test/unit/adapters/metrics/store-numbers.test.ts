import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { readStoreNumbers } from '../../../../src/adapters/metrics/store-numbers.ts';
import { createAlertStore } from '../../../../src/adapters/store/alert-boards.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createOutboxRows } from '../../../../src/adapters/store/outbox-rows.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { aGroup, anAlert } from '../../views/alert-builders.ts';

let store: Store;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
});
afterAll(() => store.close());
beforeEach(() => store.pool.query('truncate alert_boards, outbox, outbox_lanes, deliveries, leases'));

describe('the numbers of the store', () => {
  it('are zero of nothing, and tell no age of it', async () => {
    expect(await readStoreNumbers(store, 'replica-1')).toEqual({
      outbox: { count: 0, oldestSeconds: undefined },
      deliveries: { count: 0, oldestSeconds: undefined },
      openAlerts: { critical: 0, warning: 0, unknown: 0 },
      isLeader: false,
    });
  });

  it('count what waits, what is open and not held back, and who leads', async () => {
    await createAlertStore(store).update('acme', 'prod', (board) => {
      const odd = anAlert('mi-1', { severity: 'warning', subject: '/\u0000\ud800' });
      const held = anAlert('mi-2', { suppressed: { kind: 'silence', text: 'silenced' } });
      return { ...board, groups: [aGroup({ alerts: [odd, held] })] };
    });
    await createOutboxRows(store.pool).put({
      key: 'k',
      to: { kind: 'channel', channelId: 'C0' },
      message: { text: 'x' },
    });
    await store.pool.query(`insert into leases values ('monitor', 'replica-1', now() + interval '1 minute')`);
    await store.pool.query(`insert into deliveries (key, incident, customer, doc, due_at, created_at)
      values ('d', 'i', 'acme', '{}', now(), now() - interval '90 seconds')`);
    const numbers = await readStoreNumbers(store, 'replica-1');
    expect(numbers).toMatchObject({ outbox: { count: 1 }, openAlerts: { warning: 1, critical: 0 }, isLeader: true });
    expect(numbers.deliveries.oldestSeconds).toBeGreaterThanOrEqual(90);
    expect((await readStoreNumbers(store, 'replica-2')).isLeader).toBe(false);
  });
});
