import { describe, expect, it } from 'vitest';
import type { IncomingAlert } from '../../../../src/services/alerts/alert-service.ts';
import { aLostReport, NOW } from '../../../support/builders.ts';
import { theActor } from '../../../support/world.ts';
import { type AlertWorld, anAlertWorld, aWatched, HOLD, HOLDS, MINUTE } from './alert-world.ts';

const HOSTS = ['apim-1', 'mi-1'];
const HOUR = 60 * MINUTE;
const AT_ONCE = { warningMs: 0, criticalMs: 0, clearMs: 0 };

function aWorldThatHears(external = AT_ONCE): AlertWorld {
  const environment = aWatched(HOSTS);
  const monitoring = { ...environment.monitoring!, holds: { ...HOLDS, external } };
  return anAlertWorld(HOSTS, { environment: { ...environment, monitoring } });
}

function theirs(overrides: Partial<IncomingAlert> = {}): IncomingAlert {
  return {
    ...{ fingerprint: 'f1', title: 'HighErrorRate', host: 'db-1', severity: 'critical', text: '5 % of requests fail' },
    ...{ state: 'firing', startsAt: new Date(NOW.getTime() - HOUR) },
    ...overrides,
  };
}

const hear = (world: AlertWorld, ...incoming: readonly Partial<IncomingAlert>[]) =>
  world.alerts.receive(world.environment, incoming.map(theirs));
const open = ({ alerts }: AlertWorld) => alerts.open('all');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

describe("alerts of a customer's monitoring", () => {
  it('fire at once and end as they say', async () => {
    const world = aWorldThatHears();
    expect(await hear(world, {})).toBe(1);
    expect(await open(world)).toMatchObject([
      { signal: 'external', title: 'HighErrorRate', alerts: [{ host: 'db-1' }] },
    ]);
    expect(Object.values(world.shown())).toEqual(['external, db-1 critical, ops']);
    expect(await hear(world, { state: 'resolved' })).toBe(1);
    expect(await open(world)).toEqual([]);
    expect(Object.values(world.shown())[0]).toBe('external, over, ops');
  });

  it('began when they say, unless that makes no sense', async () => {
    const world = aWorldThatHears();
    const future = later(60);
    await hear(world, {}, { fingerprint: 'f2', startsAt: new Date(0) }, { fingerprint: 'f3', startsAt: future });
    const [group] = await open(world);
    expect(group?.alerts.map(({ firedAt }) => firedAt)).toEqual([later(-60), NOW, NOW]);
  });

  it('change nothing when the same comes twice', async () => {
    const world = aWorldThatHears();
    await hear(world, {}, { fingerprint: 'f2', state: 'resolved' });
    const before = world.puts.length;
    world.clock.advance(2 * MINUTE);
    expect(await hear(world, {}, { fingerprint: 'f2', state: 'resolved' })).toBe(0);
    expect(world.puts).toHaveLength(before);
  });

  it('do not fire again when an older message arrives after the end', async () => {
    const world = aWorldThatHears();
    await hear(world, { state: 'resolved' });
    expect(await hear(world, {})).toBe(0);
    expect(await open(world)).toEqual([]);
    expect(await hear(world, { startsAt: later(1) })).toBe(1);
    expect(await hear(world, { state: 'resolved' }), 'the end of the one before').toBe(0);
    expect(await open(world)).toHaveLength(1);
  });

  it('are a group for each title and each owner', async () => {
    const world = aWorldThatHears();
    await hear(world, {}, { fingerprint: 'f2' }, { title: 'QueueFull' }, { fingerprint: 'f3', owner: 'customer' });
    const groups = (await open(world)).map(({ title, owner, alerts }) => [title, owner, alerts.length]);
    expect(groups).toHaveLength(3);
    expect(groups).toEqual(
      expect.arrayContaining([
        ['HighErrorRate', undefined, 2],
        ['QueueFull', undefined, 1],
        ['HighErrorRate', 'customer', 1],
      ]),
    );
  });

  it('stay while nobody checks them, are unknown when nobody repeats them, and end after a week', async () => {
    const world = aWorldThatHears();
    await hear(world, {});
    world.clock.advance(25 * HOUR);
    await world.observe();
    expect(await open(world)).toMatchObject([{ alerts: [{ severity: 'critical' }] }]);
    world.clock.advance(2 * HOUR);
    await world.observe();
    const stale =
      'unknown whether it goes on, since it was not repeated after 2026-03-01 03:00 UTC: 5 % of requests fail';
    expect(await open(world)).toMatchObject([{ alerts: [{ severity: 'unknown', text: stale }] }]);
    await hear(world, {});
    expect(await open(world)).toMatchObject([{ alerts: [{ severity: 'critical', text: '5 % of requests fail' }] }]);
    world.clock.advance(7 * 24 * HOUR + 1);
    await world.observe();
    expect(await open(world)).toEqual([]);
  });

  it('wait as long as the configuration says, though they are said once', async () => {
    const world = aWorldThatHears(HOLD);
    await hear(world, {});
    await world.observe();
    expect(await open(world)).toEqual([]);
    world.clock.advance(2 * MINUTE);
    await world.observe();
    expect(await open(world)).toHaveLength(1);
    await hear(world, { state: 'resolved' });
    expect(await open(world)).toMatchObject([{ alerts: [{ state: 'clearing' }] }]);
    world.clock.advance(MINUTE);
    await world.observe();
    expect(await open(world)).toEqual([]);
  });

  it('of a host of ours follow from its failure and its maintenance, and others do not', async () => {
    const world = aWorldThatHears();
    await world.keepObserving(3, () => [aLostReport('mi-1', { hop: 'mi-1', role: 'host' })]);
    world.maintenances.push({ customer: 'acme', environment: 'prod', host: 'apim-1', owner: 'r1' } as never);
    await hear(world, { host: 'mi-1' }, { fingerprint: 'f2', host: 'apim-1' }, { fingerprint: 'f3', host: 'db-1' });
    const { alerts } = await world.deps.store.board('acme', 'prod');
    expect(alerts.filter(({ signal }) => signal === 'external').map((one) => [one.host, one.suppressed])).toEqual([
      ['apim-1', { kind: 'maintenance', text: 'maintenance of rollout r1' }],
      ['db-1', undefined],
      ['mi-1', { kind: 'follows', text: 'host is down' }],
    ]);
  });

  it('can be silenced as a whole', async () => {
    const world = aWorldThatHears();
    const place = { environment: world.environment, until: later(60), reason: 'they test' };
    await world.alerts.silence({ id: 's-1', actor: theActor('alice'), signal: 'external', ...place });
    await hear(world, {});
    expect(world.puts).toEqual([]);
  });

  it('can be silenced by what they are called', async () => {
    const world = aWorldThatHears();
    const place = {
      environment: world.environment,
      until: later(60),
      reason: 'they test',
      signal: 'external' as const,
    };
    const one = { ...place, id: 's-1', actor: theActor('alice'), title: 'HighErrorRate' };
    const other = { ...place, id: 's-2', actor: theActor('alice'), title: 'NoisyBatch' };
    expect((await world.alerts.silenceAll([one, other, one])).map(({ id }) => id)).toEqual(['s-1', 's-2', 's-1']);
    expect(world.audit.map(({ after }) => after)).toMatchObject([{ title: 'HighErrorRate' }, { title: 'NoisyBatch' }]);
    await hear(world, {}, { title: 'QueueFull' });
    expect((await open(world)).map(({ title }) => title)).toEqual(['QueueFull']);
  });

  it('are 2,000 at most, and one more says so until there is room', async () => {
    const world = aWorldThatHears();
    const many = (from: number, count: number, state: 'firing' | 'resolved') =>
      Array.from({ length: count }, (_, index) => ({ fingerprint: `f${from + index}`, state }));
    await hear(world, ...many(0, 1_000, 'firing'));
    await hear(world, ...many(1_000, 1_000, 'firing'));
    await hear(world, ...many(2_000, 1_000, 'firing'));
    const titles = (await open(world)).map(({ title, alerts }) => [title, alerts.length]);
    expect(titles).toEqual([
      ['HighErrorRate', 2_000],
      ['Too many alerts', 1],
    ]);
    await world.observe();
    expect(await open(world)).toHaveLength(2);
    await hear(world, ...many(0, 5, 'resolved'));
    await world.observe();
    expect((await open(world)).map(({ title }) => title)).toEqual(['HighErrorRate']);
  });

  it('with more than 50 titles are told together from there on, and say what they are', async () => {
    const world = aWorldThatHears();
    const many = (state: 'firing' | 'resolved') =>
      Array.from({ length: 1_000 }, (_, index) => ({ fingerprint: `f${index}`, title: `Rule ${index}`, state }));
    await hear(world, ...many('firing'));
    expect(world.puts).toHaveLength(51);
    const groups = await open(world);
    const others = groups.find(({ title }) => title === 'Other alerts');
    expect([groups.length, others?.alerts.length]).toEqual([51, 950]);
    expect(others?.alerts.find(({ subject }) => subject === 'f999')?.text).toBe('Rule 999: 5 % of requests fail');
    expect(await hear(world, ...many('firing'))).toBe(0);
    await hear(world, ...many('resolved'));
    expect(await open(world)).toEqual([]);
    await hear(world, { fingerprint: 'f999', title: 'Rule 999', startsAt: later(1) });
    expect((await open(world)).map(({ title }) => title)).toEqual(['Rule 999']);
  });

  it('have texts of a length that fits', async () => {
    const world = aWorldThatHears();
    await hear(world, { text: '😀'.repeat(5_000), title: 't'.repeat(5_000), host: 'h'.repeat(5_000) });
    const [
      {
        title,
        alerts: [alert],
      },
    ] = (await open(world)) as never as [{ title: string; alerts: { text: string }[] }];
    expect([title.length, [...alert!.text].length]).toEqual([120, 500]);
  });

  it('are refused where nobody watches', async () => {
    const world = anAlertWorld(HOSTS, { environment: aWatched(HOSTS, { monitoring: undefined }) });
    await expect(hear(world, {})).rejects.toThrow('Nobody watches acme/prod');
  });
});

describe('readings beside the checks', () => {
  it('fire after their hold, however seldom they are read, and end when they are well', async () => {
    const world = anAlertWorld(HOSTS);
    const read = (level: 'ok' | 'critical') =>
      world.alerts.judge(world.environment, [
        { host: 'mi-1', signal: 'certificate', subject: '9443', level, isClear: level === 'ok', text: 'ends in 3 d' },
      ]);
    await read('critical');
    expect(await open(world)).toEqual([]);
    world.clock.advance(6 * HOUR);
    await world.observe();
    await read('critical');
    expect(await open(world)).toMatchObject([{ signal: 'certificate', alerts: [{ severity: 'critical' }] }]);
    await read('ok');
    world.clock.advance(6 * HOUR);
    await read('ok');
    expect(await open(world)).toEqual([]);
  });
});

describe('history', () => {
  it('has groups that go on and those that are over, of a time, newest first', async () => {
    const world = aWorldThatHears();
    await hear(world, {});
    await hear(world, { state: 'resolved' });
    world.clock.advance(MINUTE);
    await hear(world, { fingerprint: 'f2', title: 'QueueFull' });
    const titles = async (from: Date, until: Date, customers: readonly string[] = ['acme']) =>
      (await world.alerts.history(customers, { from, until })).map(({ title }) => title);
    expect(await titles(later(0), later(5))).toEqual(['QueueFull', 'HighErrorRate']);
    expect(await titles(later(0), later(1))).toEqual(['HighErrorRate']);
    expect(await titles(later(0), later(5), ['globex'])).toEqual([]);
  });
});
