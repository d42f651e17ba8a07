import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createStoreCleanUps } from '../../../../src/adapters/store/clean-ups.ts';
import { createHostReportStore } from '../../../../src/adapters/store/host-report-store.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { HostReport } from '../../../../src/domain/host-report.ts';
import type { Inventory } from '../../../../src/domain/inventory.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const PROD = { customer: 'acme', environment: 'prod' };
const aReport = (report: Partial<HostReport> = {}): HostReport => ({
  host: 'apim-1',
  role: 'gateway',
  checkedAt: new Date('2026-03-04T10:00:00.123Z'),
  level: 'warning',
  findings: [{ level: 'warning', text: '/var 85 % full (warning from 80 %)' }],
  ...report,
});

describe('createHostReportStore', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate host_reports'));

  it('gives back what was saved; unknown stays unknown', async () => {
    const reports = createHostReportStore(store);
    const report = aReport({ sample: { cpuBusyPercent: 0, products: [], gaps: ['df hung for 5 s'] } });
    await reports.save(PROD, report);

    const [found] = await reports.latest(PROD);

    expect(found).toEqual(report);
    expect(found?.sample?.memoryUsedPercent).toBeUndefined();
    expect(found?.sample?.cpuBusyPercent).toBe(0);
  });

  it('keeps the latest report of each host of the environment', async () => {
    const reports = createHostReportStore(store);
    await reports.save(PROD, aReport({ host: 'is-1' }));
    await reports.save(PROD, aReport({ host: 'apim-1' }));
    await reports.save(PROD, aReport({ host: 'apim-1', level: 'ok', checkedAt: new Date('2026-03-04T10:01:00Z') }));
    await reports.save({ customer: 'globex', environment: 'prod' }, aReport({ host: 'gw-1' }));

    const found = await reports.latest(PROD);

    expect(found.map(({ host, level }) => [host, level])).toEqual([
      ['apim-1', 'ok'],
      ['is-1', 'warning'],
    ]);
  });

  it('does not let an older report replace a newer one', async () => {
    const reports = createHostReportStore(store);
    await reports.save(PROD, aReport({ level: 'critical' }));
    await reports.save(PROD, aReport({ level: 'ok', checkedAt: new Date('2026-03-04T09:59:59Z') }));

    expect((await reports.latest(PROD)).map(({ level }) => level)).toEqual(['critical']);
  });

  it('loses the reports of hosts that are in the inventory no more at the clean-up', async () => {
    const reports = createHostReportStore(store);
    await reports.save(PROD, aReport({ host: 'apim-1' }));
    await reports.save(PROD, aReport({ host: 'gone-1' }));
    const inventory = {
      customers: [{ id: 'acme', environments: [{ name: 'prod', hosts: [{ name: 'apim-1' }] }] }],
    } as unknown as Inventory;

    const vanished = createStoreCleanUps(store, () => inventory).find(({ what }) => /vanished/.test(what));

    expect(await vanished?.run()).toBe(1);
    expect((await reports.latest(PROD)).map(({ host }) => host)).toEqual(['apim-1']);
  });
});
