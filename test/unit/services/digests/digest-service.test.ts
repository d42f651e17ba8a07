import { describe, expect, it } from 'vitest';
import { createDigestService, type DigestDeps } from '../../../../src/services/digests/create-digest-service.ts';
import { aProduct, aReport, NOW } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';
import { aGroup } from '../../views/alert-builders.ts';
import { anApproval, aRollout } from '../../views/rollout-builders.ts';
import { aDigestCustomer, DAY, earlier, inDays, MONITORING } from './digest-builders.ts';

const ENVIRONMENT = {
  ...anEnvironment('acme', 'prod', []),
  monitoring: MONITORING,
  hosts: ['apim-1', 'mi-1', 'is-1'].map((name) => aHost(name, { products: [aProduct()] })),
};
const certificate = (where: string, days: number | undefined) => ({
  ...{ where, product: 'is', subject: '', endsAt: days === undefined ? undefined : inDays(days) },
});
const seen = (host: string, daysAgo: number, ...certificates: ReturnType<typeof certificate>[]) => ({
  ...{ customer: 'acme', environment: 'prod', host, checkedAt: earlier(daysAgo * DAY), certificates },
});
const broken = async () => {
  throw new Error('away');
};

function setUp(overrides: Partial<DigestDeps> = {}) {
  const calls: unknown[] = [];
  const logger = createRecordingLogger();
  const service = createDigestService({
    hosts: { latest: async () => [aReport('apim-1')] },
    alerts: {
      async history(customers, filter) {
        calls.push(['history', customers, filter]);
        return [aGroup({ id: 'over', endedAt: NOW }), aGroup({ id: 'both' }), aGroup({ id: 'test', isTest: true })];
      },
      async open(customers, environment) {
        calls.push(['open', customers, environment]);
        return [aGroup({ id: 'both' }), aGroup({ id: 'old', begunAt: earlier(9 * DAY) })];
      },
    },
    metrics: {
      diskForecast: async (_environment, days) => [{ host: 'mi-1', usedPercent: 88, fullAt: inDays(days - 1) }],
      availability: async () => [{ host: 'mi-1', share: 0.999, checks: 1440 }],
    },
    pending: {
      list: async () => ['mi-1', 'gone-1'].map((host) => ({ host, security: 2, oldest: earlier(DAY) })),
    },
    patchChecks: { get: async () => ({ slot: earlier(DAY / 4).toISOString() }) },
    certificates: { list: async () => [] },
    approvals: {
      pending: async () => [anApproval({ id: 'here' }), anApproval({ id: 'elsewhere', customer: 'globex' })],
    },
    breakGlass: { unreviewed: async () => [] },
    rollouts: {
      async list(filter) {
        calls.push(['rollouts', filter]);
        return [aRollout({ id: filter.isOpen ? 'going' : 'ended' })];
      },
    },
    customers: () => [aDigestCustomer()],
    clock: createFixedClock(),
    logger,
    ...overrides,
  });
  return { service, calls, logger };
}

describe('createDigestService', () => {
  it('puts the last day of one environment together', async () => {
    const { service, calls } = setUp();
    const digest = await service.make(ENVIRONMENT, 'daily');
    expect(digest).toMatchObject({
      ...{ kind: 'daily', customerName: 'Acme Bank', timeZone: 'Europe/Zurich', from: earlier(DAY), until: NOW },
      ...{ reports: [{ host: 'apim-1' }], disks: [{ fullAt: inDays(13) }], availability: [{ share: 0.999 }] },
      ...{ patches: [{ host: 'mi-1' }], approvals: [{ id: 'here' }], reviews: [] },
      ...{ done: [{ id: 'ended' }], planned: [{ id: 'going' }] },
    });
    expect(digest.patches).toHaveLength(1);
    expect(digest.alerts?.map(({ id }) => id)).toEqual(['both', 'old', 'over']);
    expect(calls).toEqual([
      ['history', ['acme'], { environment: 'prod', from: earlier(DAY), until: NOW }],
      ['open', ['acme'], 'prod'],
      ['rollouts', { customers: ['acme'], environment: 'prod', isOpen: false, endedSince: earlier(DAY) }],
      ['rollouts', { customers: ['acme'], environment: 'prod', isOpen: true }],
    ]);
  });

  it('reaches back to the day before a digest that should have come earlier', async () => {
    const late = await setUp().service.make(ENVIRONMENT, 'daily', earlier(DAY / 2));
    expect(late).toMatchObject({ lateSince: earlier(DAY / 2), from: earlier(1.5 * DAY), until: NOW });
  });

  it('gathers nothing for a customer that is not for customers', async () => {
    const away = { list: broken, get: broken, pending: broken, latest: broken, diskForecast: broken };
    const { service, logger } = setUp({
      ...{ pending: away, patchChecks: away, certificates: away, approvals: away, hosts: away },
    });
    const weekly = await service.make(ENVIRONMENT, 'weekly');
    expect(weekly).toMatchObject({ from: earlier(7 * DAY), reports: [], approvals: [], patches: [], certificates: [] });
    expect(weekly).toMatchObject({ done: [{ id: 'ended' }], availability: [{ share: 0.999 }] });
    expect(logger.lines).toEqual([]);
  });

  it('loses nothing but the part that fails', async () => {
    const failing: Partial<DigestDeps> = {
      hosts: { latest: broken },
      alerts: { history: broken, open: async () => [] },
      metrics: { diskForecast: broken, availability: broken },
      pending: { list: broken },
      certificates: { list: broken },
      approvals: { pending: broken },
      breakGlass: { unreviewed: broken },
      rollouts: { list: broken },
    };
    for (const [part, dep] of Object.entries(failing)) {
      const digest = await setUp({ [part]: dep }).service.make(ENVIRONMENT, 'daily');
      const unknown = Object.entries(digest).filter(([name, value]) => value === undefined && name !== 'lateSince');
      expect([part, unknown.length]).toEqual([part, ['metrics', 'rollouts'].includes(part) ? 2 : 1]);
    }
    const { service, logger } = setUp(failing);
    expect(await service.make(ENVIRONMENT, 'daily')).toMatchObject({ customerName: 'Acme Bank', uncertified: [] });
    expect(logger.lines).toHaveLength(10);
  });

  it('asks for no numbers of what nobody watches', async () => {
    const { service, logger } = setUp({ metrics: { diskForecast: broken, availability: broken } });
    const digest = await service.make({ ...ENVIRONMENT, monitoring: undefined }, 'daily');
    expect([digest.disks, digest.availability, logger.lines]).toEqual([undefined, undefined, []]);
  });

  it('knows of no updates that nobody has looked for lately', async () => {
    const found = [
      [undefined, 'info'],
      [{ slot: earlier(2 * DAY).toISOString() }, 'warn'],
    ] as const;
    for (const [check, level] of found) {
      const { service, logger } = setUp({ patchChecks: { get: async () => check } });
      expect((await service.make(ENVIRONMENT, 'daily')).patches).toBeUndefined();
      expect(logger.lines).toMatchObject([{ level, fields: { environment: 'prod' } }]);
    }
  });

  it('lists certificates that end within 30 days, and hosts of which nothing is known', async () => {
    const list = async () => [
      seen('apim-1', 0, certificate('a', 40), certificate('b', 29), certificate('c', undefined), certificate('d', -2)),
      seen('mi-1', 0, certificate('e', undefined)),
      seen('is-1', 4, certificate('f', 90)),
      seen('gone-1', 0, certificate('g', 3)),
    ];
    const digest = await setUp({ certificates: { list } }).service.make(ENVIRONMENT, 'daily');
    expect(digest.certificates?.map(({ host, where }) => [host, where])).toEqual([
      ['apim-1', 'd'],
      ['apim-1', 'b'],
    ]);
    expect(digest.uncertified).toEqual(['mi-1', 'is-1']);
  });
});
