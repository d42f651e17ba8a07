import { afterEach, describe, expect, it } from 'vitest';
import { type Actor, toPerson } from '../../../../src/domain/actor.ts';
import { type AccessWorld, CAST, createAccessWorld, HOUR_MS, startAccess } from '../../../support/access-world.ts';
import { until } from '../../../support/until.ts';

let world: AccessWorld;
afterEach(() => world.engine.shutdown());

const opened = async () => {
  world = await createAccessWorld();
  await world.request();
  await world.approve();
  await world.becomes('active');
  return world;
};
const end = (why: 'done' | 'revoked', actor: Actor, reason?: string) =>
  world.service.end('g7kq2m9x', { why, by: toPerson(actor), reason });
const ends = () => world.told().filter((line) => line.includes('access.ended'));

describe('an early end', () => {
  it('is said by the person, and cleans up at once', async () => {
    const { becomes, hosts, config, store, clock } = await opened();
    await end('done', CAST.dana);
    const { withGrantedRoles } = await import('../../../../src/services/access/with-granted-roles.ts');
    expect(withGrantedRoles(config, await store.open(), clock.now())).toBe(config);
    await becomes('ended');
    expect(hosts.left()).toEqual([]);
    expect(ends()).toEqual(['U0DANA access.ended: done']);
  });

  it('is not said by anybody else of the customer, nor heard of by another customer', async () => {
    await opened();
    await expect(end('done', CAST.dave)).rejects.toMatchObject({ name: 'DeniedError' });
    await expect(end('revoked', CAST.dave, 'jealous')).rejects.toThrow('This is the access of Dana.');
    await expect(end('done', CAST.gus)).rejects.toThrow('There is no access `g7kq2m9x` here.');
    await expect(end('revoked', CAST.gus, 'no')).rejects.toMatchObject({ name: 'UserError' });
    await expect(world.service.end('g9999999', { why: 'done', by: toPerson(CAST.gus) })).rejects.toThrow(
      'There is no access `g9999999` here.',
    );
    await expect(end('done', CAST.alice)).rejects.toThrow('Only Dana can say so');
    expect(await world.stateOf()).toBe('active');
  });

  it('is made by an operator, with a reason', async () => {
    const { becomes } = await opened();
    await end('revoked', CAST.alice, 'the laptop was stolen');
    await end('revoked', CAST.bob, 'me too');
    await becomes('ended');
    expect(ends()).toEqual(['U0ALICE access.ended: revoked: the laptop was stolen']);
    await expect(end('revoked', CAST.alice)).rejects.toThrow('is over already: ended');
  });

  it('has somebody who wants it, unless the channel or the person is gone', async () => {
    const { service, becomes } = await opened();
    await expect(service.end('g7kq2m9x', { why: 'revoked' })).rejects.toThrow('Say who ends it');
    await expect(service.end('g7kq2m9x', { why: 'done' })).rejects.toThrow('Say who ends it');
    await service.end('g7kq2m9x', { why: 'person_left' });
    await becomes('ended');
  });

  it('takes a request back', async () => {
    world = await createAccessWorld();
    await world.request();
    await end('done', CAST.dana);
    await world.becomes('withdrawn');
    expect(await world.approve()).toMatchObject({ kind: 'late' });
    expect(world.hosts.diary).toEqual([]);
    expect(ends()).toHaveLength(1);
  });

  it('comes with the channel, and with the person', async () => {
    const { service, becomes } = await opened();
    await world.request({ id: 'g2222222', wish: { kinds: ['dashboard'] } });
    await world.request({ id: 'g3333333', actor: CAST.dave, userId: 'U0DAVE', wish: { kinds: ['dashboard'] } });
    expect(await service.endAllOf({ userId: 'U0DAVE' }, 'person_left')).toBe(1);
    await becomes('withdrawn', 'g3333333');
    expect(await world.stateOf()).toBe('active');
    expect(await service.endAllOf({ channelId: 'C0GLOBEXSHARED' }, 'channel_unshared')).toBe(0);
    expect(await service.endAllOf({ channelId: 'C0ACMESHARED' }, 'channel_unshared')).toBe(2);
    expect(await service.endAllOf({ channelId: 'C0ACMESHARED' }, 'channel_unshared')).toBe(0);
    await becomes('ended');
    await becomes('withdrawn', 'g2222222');
    expect(ends()).toContain('msops access.ended: channel_unshared');
  });
});

describe('the sweeper', () => {
  it.each([
    ['vanished', () => world.config.people.filter(({ id }) => id !== CAST.dana.id)],
    [
      'moved to another workspace',
      () =>
        world.config.people.map((one) => (one.id === CAST.dana.id ? { ...one, id: 'T0GLOBEX:U0DANA' as const } : one)),
    ],
  ])('ends the access of somebody who has %s', async (_what, people) => {
    const { service, becomes } = await opened();
    await service.sweep();
    expect(await world.stateOf()).toBe('active');
    Object.assign(world.config, { people: people() });
    await service.sweep();
    await becomes('ended');
    expect(ends()).toEqual(['msops access.ended: person_unknown']);
  });

  it('ends what is over when its workflow is lost, and begins what was never begun', async () => {
    const { engine, service, clock, becomes } = await opened();
    await engine.cancel('access:g7kq2m9x');
    await service.sweep();
    expect(await world.stateOf()).toBe('active');
    clock.advance(4 * HOUR_MS - 1);
    await service.sweep();
    expect(await world.stateOf()).toBe('active');
    clock.advance(1);
    await service.sweep();
    await becomes('ended');

    const lost = startAccess(world);
    await expect(lost.service.request(aSecond())).rejects.toThrow('not launched');
    clock.advance(60_000);
    await service.sweep();
    await world.approve();
    await world.approvals.approve({ id: 'g2222222-1', actor: CAST.carol });
    await becomes('active', 'g2222222');
  });

  it('ends what was being made when its workflow was lost', async () => {
    world = await createAccessWorld();
    await world.request();
    world.hosts.during['make apim-2'] = () => new Promise(() => {});
    await world.approve();
    await until('the making', () => world.hosts.diary.includes('make apim-1'));
    await world.engine.cancel('access:g7kq2m9x');
    await until('the end', async () => {
      world.clock.advance(60_000);
      await world.service.sweep();
      return (await world.stateOf()) === 'ended';
    });
    expect(world.hosts.left()).toEqual([]);
    expect(ends()[0]).toContain('failed');
  });

  it('extends what was approved when its workflow was lost, and takes back what was lost before', async () => {
    const { service, engine, clock, store } = await opened();
    await world.request({ id: 'g2222222', wish: { kinds: ['dashboard'] } });
    const later = new Date(clock.now().getTime() + 8 * HOUR_MS);
    await service.extend({ id: 'g7kq2m9x', requestId: 'x1', actor: CAST.dana, until: later, reason: 'Still looking' });
    await Promise.all([engine.cancel('access:g7kq2m9x'), engine.cancel('access:g2222222')]);
    await world.approve(2);
    await service.sweep();
    expect(await store.find('g7kq2m9x')).toMatchObject({ until: later, extension: undefined });
    expect(await store.find('g2222222')).toMatchObject({
      state: 'withdrawn',
      note: 'it was lost inside msops; ask again',
    });
    expect(await world.approvals.find('g2222222-1')).toMatchObject({ status: 'void' });
  });

  it('begins the workflow anew of which nobody knows any more', async () => {
    const { service, clock } = await opened();
    const later = new Date(clock.now().getTime() + 8 * HOUR_MS);
    await service.extend({ id: 'g7kq2m9x', requestId: 'x1', actor: CAST.dana, until: later, reason: 'Still looking' });
    await world.engine.shutdown();
    const other = startAccess(world);
    world.engine = other.engine;
    await other.engine.launch();
    await other.approvals.approve({ id: 'g7kq2m9x-2', actor: CAST.carol });
    expect((await world.store.find('g7kq2m9x'))?.until).not.toEqual(later);
    await other.service.sweep();
    await until('the new end', async () => (await world.store.find('g7kq2m9x'))?.until.getTime() === later.getTime());
  });

  it('two of them and the workflow at once end it once', async () => {
    const { clock, service, hosts, becomes } = await opened();
    const other = startAccess(world);
    clock.advance(4 * HOUR_MS);
    await Promise.all([service.sweep(), other.service.sweep(), service.sweep(), other.service.sweep()]);
    await becomes('ended');
    expect(ends()).toHaveLength(1);
    expect(hosts.diary.filter((line) => line.startsWith('remove'))).toHaveLength(2);
    expect((await world.store.hosts('g7kq2m9x')).map(({ tries }) => tries)).toEqual([1, 1]);
  });

  it('lets no host and no grant that fails hold up another', async () => {
    const { clock, service, hosts } = await opened();
    await world.request({ id: 'g2222222', wish: { kinds: ['dashboard'] } });
    await world.approvals.approve({ id: 'g2222222-1', actor: CAST.carol });
    await world.becomes('active', 'g2222222');
    await world.engine.cancel('access:g2222222');
    await world.engine.cancel('access:g7kq2m9x');
    hosts.during['remove apim-1'] = () => new Promise(() => {});
    clock.advance(4 * HOUR_MS);
    void service.sweep();
    await world.becomes('ended', 'g2222222');
    await until('the other host', async () => (await world.hostStates()).includes('apim-2 removed'));
    expect(await world.stateOf()).toBe('ending');
  });
});

function aSecond() {
  const now = world.clock.now();
  return {
    ...{
      id: 'g2222222',
      actor: CAST.dana,
      userId: 'U0DANA',
      environment: world.config.inventory.customers[0]!.environments[0]!,
    },
    ...{ wish: { kinds: ['dashboard'] as const }, until: new Date(now.getTime() + HOUR_MS) },
    ...{ reason: 'Look at the dashboard once more', channelId: 'C0ACMESHARED' },
  };
}
