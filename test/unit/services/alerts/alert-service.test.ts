import { describe, expect, it } from 'vitest';
import { aReport } from '../../../support/builders.ts';
import { theActor } from '../../../support/world.ts';
import { aDisk, anAlertWorld, aWatched, MINUTE, SECOND, theGroup } from './alert-world.ts';

const HOSTS = ['apim-1', 'apim-2', 'mi-1'];
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `host-${index}`);

describe('groups', () => {
  it('are one message each, edited, with what changes in its thread', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    await world.keepObserving(3, () => [aDisk('mi-1', 95), aDisk('apim-1', 95)]);
    await world.keepObserving(2, () => [aDisk('mi-1', 20), aDisk('apim-1', 95)]);
    const { id, ended } = await theGroup(world);
    expect(id).toMatch(/^[a-z2-9]{8}$/);
    expect(ended).toMatchObject([{ host: 'mi-1', subject: '/' }]);
    expect(world.shown()).toEqual({
      [`alert:${id}:C0OPS`]: 'disk, apim-1 critical, ops',
      [`alert:${id}:C0OPS:1`]: 'fired: apim-1; worsened: ; ended: ',
      [`alert:${id}:C0OPS:2`]: 'fired: ; worsened: ; ended: mi-1',
    });
    expect(world.puts.find(({ key }) => key.endsWith(':1'))?.to).toEqual({
      ...{ kind: 'channel', channelId: 'C0OPS', threadOf: `alert:${id}:C0OPS` },
    });
  });

  it('end with their last alert; a later one begins another', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = await theGroup(world);
    await world.keepObserving(2, () => [aDisk('mi-1', 20)]);
    expect(await world.alerts.open('all')).toEqual([]);
    expect((await world.alerts.find(id, ['acme']))?.group).toMatchObject({ id, endedAt: expect.any(Date), alerts: [] });
    expect(await world.alerts.find(id, ['globex'])).toBeUndefined();

    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    expect((await theGroup(world)).id).not.toBe(id);
  });

  it('tell nothing new of what flaps', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    for (let times = 0; times < 20; times += 1) {
      await world.keepObserving(1, () => [aDisk('mi-1', times % 2 === 0 ? 20 : 95)]);
    }
    expect(Object.keys(world.shown())).toHaveLength(1);
  });

  it('are told to the customer where that was agreed, without buttons', async () => {
    const environment = aWatched(HOSTS);
    const monitoring = { ...environment.monitoring!, tellCustomer: true };
    const world = anAlertWorld(HOSTS, { environment: { ...environment, monitoring } });
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = await theGroup(world);
    expect(world.shown()).toEqual({
      [`alert:${id}:C0OPS`]: 'disk, mi-1 critical, ops',
      [`alert:${id}:C0SHARED`]: 'disk, mi-1 critical',
    });
  });

  it('are not drawn again while nothing has changed', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(30, () => [aDisk('mi-1', 95)]);
    expect(world.puts).toHaveLength(1);
  });

  it('know their runbook, zone and customer', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    expect(await world.alerts.find((await theGroup(world)).id, 'all')).toMatchObject({
      ...{ runbook: 'https://wiki.test/disk', timeZone: 'UTC', customerName: 'Acme Bank', isOps: false },
    });
    expect(await world.alerts.open(['globex'])).toEqual([]);
    expect(await world.alerts.open(['acme'], 'stage')).toEqual([]);
    expect(await world.alerts.find("x'; drop", 'all')).toBeUndefined();
  });

  it('of a missing report are unknown, and over with the next report', async () => {
    const world = anAlertWorld(HOSTS);
    for (let minute = 0; minute < 6; minute += 1) {
      const missing = [{ host: 'mi-1', text: 'not checked since 03:12' }];
      await world.alerts.observe(world.environment, { reports: [], missing });
      world.clock.advance(MINUTE);
    }
    expect(Object.values(world.shown())).toEqual(['missing, mi-1 unknown, ops']);
    await world.keepObserving(2, () => [aReport('mi-1')]);
    expect(Object.values(world.shown())[0]).toBe('missing, over, ops');
  });

  it('are none where nobody watches', async () => {
    const world = anAlertWorld(HOSTS, { environment: aWatched(HOSTS, { monitoring: undefined }) });
    await world.keepObserving(5, () => [aDisk('mi-1', 95)]);
    expect(world.puts).toEqual([]);
  });
});

describe('500 alerts', () => {
  const hosts = many(500);

  it('in one round are one message', async () => {
    const world = anAlertWorld(hosts);
    await world.keepObserving(3, () => hosts.map((host) => aDisk(host, 95)));
    expect(world.puts).toHaveLength(1);
    expect((await theGroup(world)).alerts).toHaveLength(500);
  });

  it('in twenty rounds within ten seconds are one message, its edits and a line in its thread', async () => {
    const world = anAlertWorld(hosts);
    const slices = Array.from({ length: 20 }, (_, index) => hosts.slice(index * 25, index * 25 + 25));
    for (let round = 0; round < 4; round += 1) {
      for (const slice of slices) {
        await world.observe(...slice.map((host) => aDisk(host, 95)));
        world.clock.advance(SECOND / 2);
      }
      world.clock.advance(50 * SECOND);
    }
    expect((await theGroup(world)).alerts).toHaveLength(500);
    const keys = Object.keys(world.shown());
    expect(keys).toHaveLength(2);
    const fired = world.shown()[keys[1]!]!.match(/host-\d+/g);
    expect(new Set(fired).size).toBe(475);
  });
});

describe('acknowledge', () => {
  it('shows who has taken it until the group ends, and still tells of new hosts', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = await theGroup(world);
    await world.alerts.acknowledge(id, theActor('alice'));
    expect(Object.values(world.shown())).toEqual(['disk, mi-1 critical, taken, ops']);
    await expect(world.alerts.acknowledge(id, theActor('alice'))).rejects.toThrow('You have acknowledged this alert');
    await expect(world.alerts.acknowledge(id, theActor('bob'))).rejects.toThrow(
      `${theActor('alice').displayName} has acknowledged this alert before, on 2026-03-01 at 03:03 UTC.`,
    );

    await world.keepObserving(3, () => [aDisk('mi-1', 95), aDisk('apim-1', 95)]);
    expect(Object.values(world.shown())).toEqual([
      'disk, apim-1 critical, mi-1 critical, taken, ops',
      'fired: apim-1; worsened: ; ended: ',
    ]);
    await world.keepObserving(2, () => [aDisk('mi-1', 20), aDisk('apim-1', 20)]);
    await expect(world.alerts.acknowledge(id, theActor('bob'))).rejects.toThrow('is over');
    expect(world.audit).toMatchObject([{ action: 'alert.acknowledged', customer: 'acme', after: { alert: id } }]);
  });
});

describe('test', () => {
  it('fires at once, apart from real alerts, and ends with a round of checks', async () => {
    const world = anAlertWorld(HOSTS);
    await world.alerts.test(world.environment, theActor('alice'));
    const group = await theGroup(world);
    expect(group).toMatchObject({ isTest: true, alerts: [{ text: expect.stringMatching(/^TEST by/) }] });
    await expect(world.alerts.test(world.environment, theActor('bob'))).rejects.toThrow('going on');

    world.clock.advance(SECOND);
    await world.observe(aReport('apim-1'));
    expect(await world.alerts.open('all')).toHaveLength(1);
    world.clock.advance(10 * SECOND);
    await world.observe(aReport('apim-1'));
    expect(await world.alerts.open('all')).toEqual([]);
    expect(Object.values(world.shown())).toEqual(['application, over, ops', 'fired: ; worsened: ; ended: test']);
    expect(world.audit, 'the command writes down who asked for it').toEqual([]);
  });

  it('arrives however silent everything is', async () => {
    const world = anAlertWorld(HOSTS);
    const until = new Date(world.clock.now().getTime() + MINUTE);
    const silence = { id: 's-1', actor: theActor('alice'), environment: world.environment, until, reason: 'work' };
    await world.alerts.silence(silence);
    await world.alerts.test(world.environment, theActor('alice'));
    expect(Object.values(world.shown())).toEqual(['application, test warning, ops, silence']);
  });

  it('says why where nobody watches', async () => {
    const world = anAlertWorld(HOSTS, { environment: aWatched(HOSTS, { monitoring: undefined }) });
    await expect(world.alerts.test(world.environment, theActor('alice'))).rejects.toThrow('Nobody watches acme/prod');
    expect(world.audit).toEqual([]);
  });
});
