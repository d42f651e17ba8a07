import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createAlertCleanUps, createAlertStore } from '../../../../src/adapters/store/alert-boards.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createOutboxRows } from '../../../../src/adapters/store/outbox-rows.ts';
import { createSilenceStore } from '../../../../src/adapters/store/silences.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import type { Alert, AlertGroup, Silence } from '../../../../src/services/alerts/alert.ts';
import type { IncomingAlert } from '../../../../src/services/alerts/alert-service.ts';
import { NOW } from '../../../support/builders.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { theActor } from '../../../support/world.ts';
import { aDisk, anAlertWorld, MINUTE } from '../../services/alerts/alert-world.ts';

const ALICE = toPerson(theActor('alice'));
const LATER = new Date(NOW.getTime() + MINUTE);

const ALERT: Alert = {
  ...{ host: 'mi-1', signal: 'disk', subject: '/\u0000\ud800', state: 'firing', severity: 'warning' },
  ...{ text: '2026-03-01T03:00:00.000Z', since: NOW, firedAt: NOW, seenAt: LATER },
  turning: { to: 'critical', since: LATER },
};

function aGroup(id: string, overrides: Partial<AlertGroup> = {}): AlertGroup {
  return {
    ...{ id, customer: 'acme', environment: 'prod', signal: 'disk', begunAt: NOW, alerts: [ALERT], told: 2 },
    ended: [{ host: 'mi-2', subject: '/', at: NOW }],
    acknowledged: { by: ALICE, at: LATER },
    toldAt: LATER,
    waiting: { fired: [ALERT], worsened: [], ended: [] },
    ...overrides,
  };
}

function aSilence(id: string, overrides: Partial<Silence> = {}): Silence {
  return {
    id,
    customer: 'acme',
    environment: 'prod',
    by: ALICE,
    reason: 'work',
    from: NOW,
    until: LATER,
    ...overrides,
  };
}

let store: Store;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
});
afterAll(() => store.close());
beforeEach(() => store.pool.query('truncate alert_boards, alert_groups, silences, outbox, outbox_lanes'));

describe('createAlertStore', () => {
  it('gives back what was written, dates and odd text too', async () => {
    const alerts = createAlertStore(store);
    expect(await alerts.board('acme', 'prod')).toEqual({ alerts: [], groups: [], untold: [] });
    const group = aGroup('7kq2m9xd');
    const thread = { number: 2, change: { fired: [ALERT], worsened: [], ended: [] } };
    const board = { alerts: [ALERT], groups: [group], untold: [{ group, thread }] };
    expect(await alerts.update('acme', 'prod', () => board)).toEqual(board);
    expect(await alerts.board('acme', 'prod')).toEqual(board);
    expect(await alerts.board('globex', 'prod')).toEqual({ alerts: [], groups: [], untold: [] });
  });

  it('loses nothing of what is changed at the same time', async () => {
    const alerts = createAlertStore(store);
    const hosts = Array.from({ length: 20 }, (_, index) => `host-${index}`);
    await Promise.all(
      hosts.map((host) =>
        alerts.update('acme', 'prod', (found) => ({ ...found, alerts: [...found.alerts, { ...ALERT, host }] })),
      ),
    );
    const found = (await alerts.board('acme', 'prod')).alerts.map(({ host }) => host);
    expect(found.toSorted()).toEqual(hosts.toSorted());
  });

  it('writes nothing when the change is refused', async () => {
    const alerts = createAlertStore(store);
    const refuse = (): never => {
      throw new Error('no');
    };
    await alerts.update('acme', 'prod', (found) => ({ ...found, alerts: [ALERT] }));
    await expect(alerts.update('acme', 'prod', refuse)).rejects.toThrow('no');
    expect((await alerts.board('acme', 'prod')).alerts).toEqual([ALERT]);
  });

  it('writes nothing when nothing has changed', async () => {
    const alerts = createAlertStore(store);
    const board = { alerts: [ALERT], groups: [aGroup('7kq2m9xd')], untold: [] };
    const version = async () => (await store.pool.query('select ctid from alert_boards')).rows;
    await alerts.update('acme', 'prod', () => board);
    const written = await version();
    expect(await alerts.update('acme', 'prod', (found) => ({ ...found }))).toEqual(board);
    expect(await version()).toEqual(written);
    await alerts.update('acme', 'prod', (found) => ({ ...found, alerts: [] }));
    expect(await version()).not.toEqual(written);
  });

  it('locates groups that go on, and is not misled by text', async () => {
    const alerts = createAlertStore(store);
    await alerts.update('globex', 'prod', (found) => ({ ...found, alerts: [{ ...ALERT, subject: '7kq2m9xd' }] }));
    await alerts.update('acme', 'prod', (found) => ({ ...found, groups: [aGroup('7kq2m9xd')] }));
    expect(await alerts.locate('7kq2m9xd')).toEqual({ customer: 'acme', environment: 'prod' });
    expect(await alerts.locate('7kq2m9x')).toBeUndefined();
    expect(await alerts.locate('%')).toBeUndefined();
  });

  it('keeps the first of what has ended, for 90 days', async () => {
    const alerts = createAlertStore(store);
    const old = new Date(Date.now() - 91 * 86_400_000);
    const young = new Date(Date.now() - 89 * 86_400_000);
    await alerts.archive([]);
    await alerts.archive([aGroup('old', { endedAt: old }), aGroup('young', { endedAt: young }), aGroup('open')]);
    await alerts.archive([aGroup('young', { endedAt: young, told: 9 })]);
    expect(await alerts.findArchived('young')).toEqual(aGroup('young', { endedAt: young }));
    expect(await alerts.findArchived('open')).toBeUndefined();

    for (const { run } of createAlertCleanUps(store)) {
      await run();
    }
    expect(await alerts.findArchived('old')).toBeUndefined();
    expect(await alerts.findArchived('young')).toBeDefined();
  });
});

describe('groups that are over', () => {
  it('are found by customer, environment and when they began, newest first', async () => {
    const alerts = createAlertStore(store);
    const begun = (id: string, minutes: number, place: Partial<AlertGroup> = {}) =>
      aGroup(id, { begunAt: new Date(NOW.getTime() + minutes * MINUTE), endedAt: LATER, ...place });
    await alerts.archive([
      begun('a', 0),
      begun('b', 1),
      begun('c', 2),
      begun('d', 1, { customer: 'globex' }),
      begun('e', 1, { environment: 'dr' }),
    ]);
    const time = { from: NOW, until: new Date(NOW.getTime() + 2 * MINUTE) };
    const ids = async (of: Omit<Parameters<typeof alerts.archived>[0], 'from' | 'until'>) =>
      (await alerts.archived({ ...of, ...time })).map(({ id }) => id);
    expect(await ids({ customers: ['acme'], environment: 'prod' })).toEqual(['b', 'a']);
    expect((await ids({ customers: 'all' })).toSorted()).toEqual(['a', 'b', 'd', 'e']);
    expect(await ids({ customers: ['globex', 'initech'] })).toEqual(['d']);
    expect(await ids({ customers: [] })).toEqual([]);
  });
});

describe('createSilenceStore', () => {
  it('keeps the first of an id, until it is over or ended', async () => {
    const silences = createSilenceStore(store);
    const narrow = aSilence('s-2', { host: 'mi-1', signal: 'disk', until: new Date(LATER.getTime() + 1) });
    await silences.create(aSilence('s-1'));
    await silences.create(aSilence('s-1', { reason: 'other' }));
    await silences.create(narrow);
    expect(await silences.active(NOW)).toEqual([aSilence('s-1'), narrow]);
    expect(await silences.active(LATER)).toEqual([narrow]);

    expect(await silences.end('s-1', LATER)).toBeUndefined();
    expect(await silences.end('s-2', LATER)).toEqual({ ...narrow, until: LATER });
    expect(await silences.end('s-2', LATER)).toBeUndefined();
    expect(await silences.end('s-9', NOW)).toBeUndefined();
    expect(await silences.active(LATER)).toEqual([]);
  });
});

describe('the alert service on PostgreSQL', () => {
  it('makes one row of 500 alerts in five rounds, with all of them, and one for its thread', async () => {
    const hosts = Array.from({ length: 500 }, (_, index) => `host-${index}`);
    const stores = { store: createAlertStore(store), silences: createSilenceStore(store) };
    const rows = createOutboxRows(store.pool);
    const world = anAlertWorld(hosts, { ...stores, outbox: { put: (outgoing) => rows.put(outgoing) } });
    for (let round = 0; round < 20; round += 1) {
      const slice = hosts.filter((_, index) => index % 5 === round % 5);
      await world.observe(...slice.map((host) => aDisk(host, 95)));
      world.clock.advance(round % 5 === 4 ? MINUTE - 4000 : 1000);
    }
    const found = await store.pool.query<{ key: string; text: string }>(
      `select key, message ->> 'text' as text from outbox order by key`,
    );
    const [group] = await world.alerts.open(['acme']);
    expect(found.rows.map(({ key }) => key)).toEqual([`alert:${group!.id}:C0OPS`, `alert:${group!.id}:C0OPS:1`]);
    expect(new Set(found.rows[0]!.text.match(/host-\d+/g)).size).toBe(500);
    expect(new Set(found.rows[1]!.text.match(/host-\d+/g)).size).toBe(400);
  });

  it('keeps a click that comes while a round is judged', async () => {
    const stores = { store: createAlertStore(store), silences: createSilenceStore(store) };
    const world = anAlertWorld(['mi-1', 'apim-1'], stores);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const [group] = await world.alerts.open('all');
    await Promise.all([
      world.observe(aDisk('mi-1', 96), aDisk('apim-1', 95)),
      world.alerts.acknowledge(group!.id, theActor('alice')),
    ]);
    expect(Object.values(world.shown())).toEqual(['disk, mi-1 critical, taken, ops']);
    expect((await world.alerts.open('all'))[0]).toMatchObject({ acknowledged: { by: ALICE } });
  });

  it('makes one message of a body that several replicas get at once, and begins nothing again after its end', async () => {
    const stores = { store: createAlertStore(store), silences: createSilenceStore(store) };
    const rows = createOutboxRows(store.pool);
    const world = anAlertWorld(['mi-1'], { ...stores, outbox: { put: (outgoing) => rows.put(outgoing) } });
    const { monitoring } = world.environment;
    const external = { warningMs: 0, criticalMs: 0, clearMs: 0 };
    const environment = {
      ...world.environment,
      monitoring: { ...monitoring!, holds: { ...monitoring!.holds, external } },
    };
    const fired: IncomingAlert = {
      ...{ fingerprint: 'f1', title: 'Odd \u0000 name', host: '', text: 'x', startsAt: NOW },
      ...{ severity: 'critical', state: 'firing' },
    };
    const counts = await Promise.all([1, 2, 3, 4].map(() => world.alerts.receive(environment, [fired])));
    expect(counts.toSorted()).toEqual([0, 0, 0, 1]);
    const keys = async () =>
      (await store.pool.query<{ key: string }>('select key from outbox order by key')).rows.map(({ key }) => key);
    const [group] = await world.alerts.open('all');
    expect(await keys()).toEqual([`alert:${group!.id}:C0OPS`]);
    await Promise.all([1, 2].map(() => world.alerts.receive(environment, [{ ...fired, state: 'resolved' }, fired])));
    expect(await world.alerts.open('all')).toEqual([]);
    expect(await world.alerts.history('all', { from: NOW, until: LATER })).toMatchObject([{ id: group!.id }]);
    expect(await keys()).toEqual([`alert:${group!.id}:C0OPS`, `alert:${group!.id}:C0OPS:1`]);
  });
});
