import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import { type AccessWorld, CAST, createAccessWorld, HOUR_MS } from '../../../support/access-world.ts';
import { until } from '../../../support/until.ts';

let world: AccessWorld;
afterEach(() => world.engine.shutdown());

const asked = async (...options: Parameters<typeof createAccessWorld>) => {
  world = await createAccessWorld(...options);
  await world.request();
  return world;
};
const opened = async () => {
  await asked();
  await world.approve();
  await world.becomes('active');
  return world;
};
const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * HOUR_MS);
const find = async () => (await world.store.find('g7kq2m9x'))!;

describe('approving for less time', () => {
  const shorter = (hours: number, actor: Actor = CAST.carol) =>
    world.service.approveShorter('g7kq2m9x', actor, inHours(hours));

  it('asks again with that end and is the first vote for it', async () => {
    const { becomes, hosts, approvals } = await asked();
    expect(await shorter(1)).toMatchObject({ kind: 'decided', approval: { id: 'g7kq2m9x-2' } });
    await becomes('active');
    expect(await approvals.find('g7kq2m9x-1')).toMatchObject({
      status: 'void',
      decision: { reason: 'asked again for less time' },
    });
    expect(hosts.untilOn('apim-1')).toEqual(inHours(1));
    expect(await world.approve(1)).toMatchObject({ kind: 'late' });
  });

  it('again is the same, at once too', async () => {
    const { becomes, approvals } = await asked();
    await Promise.all([shorter(1), shorter(1), shorter(1)]);
    await becomes('active');
    expect(await approvals.find('g7kq2m9x-3')).toBeUndefined();
    expect((await find()).until).toEqual(inHours(1));
    await shorter(1);
    expect((await find()).state).toBe('active');
  });

  it('still needs the others', async () => {
    const two = { groups: [{ role: 'approver', count: 2, team: 'home' as const }] };
    const { becomes } = await asked(two);
    expect(await shorter(1)).toMatchObject({ kind: 'counted' });
    expect(await world.approve(2, CAST.bob)).toMatchObject({ kind: 'decided' });
    await becomes('active');
  });

  it('is for who may approve, for an earlier end, before it is decided', async () => {
    const { becomes } = await asked();
    expect(await shorter(1, CAST.dana)).toMatchObject({ kind: 'refused' });
    expect(await shorter(1, CAST.gus)).toEqual({ kind: 'refused', reason: 'This is for others to decide.' });
    await expect(shorter(4)).rejects.toThrow('not less than what was asked for');
    await expect(shorter(0)).rejects.toThrow('over already');
    expect(await world.approvals.find('g7kq2m9x-1')).toMatchObject({ status: 'pending' });
    await world.approve();
    await becomes('active');
    expect(await shorter(1)).toMatchObject({ kind: 'late' });
    expect((await find()).until).toEqual(inHours(4));
  });

  it('voids nothing that was approved, whatever end is forged', async () => {
    const { becomes, approvals } = await asked();
    await world.approve();
    await becomes('active');
    await world.service.extend({
      id: 'g7kq2m9x',
      requestId: 'x1',
      actor: CAST.dana,
      until: inHours(8),
      reason: 'Still looking',
    });
    expect(await shorter(4, CAST.dana)).toMatchObject({ kind: 'late' });
    expect(await shorter(4)).toMatchObject({ kind: 'late' });
    expect(await approvals.find('g7kq2m9x-1')).toMatchObject({ status: 'approved' });
    expect(await approvals.find('g7kq2m9x-2')).toMatchObject({ status: 'pending' });
  });
});

describe('an extension', () => {
  const extend = (hours: number, requestId = 'x1', actor: Actor = CAST.dana) =>
    world.service.extend({ id: 'g7kq2m9x', requestId, actor, until: inHours(hours), reason: 'Still looking for it' });

  it('leaves the old end true until it is approved, then moves it, on the hosts too', async () => {
    const { hosts, clock, told } = await opened();
    await extend(8);
    expect((await find()).until).toEqual(inHours(4));
    await world.approve(2);
    await until('the new end', async () => (await find()).extension === undefined);
    expect((await find()).until).toEqual(inHours(8));
    expect(hosts.untilOn('apim-2')).toEqual(inHours(8));
    expect(told().filter((line) => line.includes('extended'))).toEqual([
      'U0DANA access.extended: Still looking for it',
    ]);
    const entry = world.audited.find(({ action }) => action === 'access.extended');
    expect(entry).toMatchObject({ before: { until: inHours(4) }, after: { until: inHours(8) } });
    clock.advance(4 * HOUR_MS);
    await world.service.sweep();
    expect(await world.stateOf()).toBe('active');
    clock.advance(4 * HOUR_MS);
    await world.service.sweep();
    await world.becomes('ended');
  });

  it('that is rejected changes nothing, and another can be asked for', async () => {
    const { approvals } = await opened();
    await extend(8);
    await expect(extend(9, 'x2')).rejects.toThrow('not decided yet');
    await approvals.reject({ id: 'g7kq2m9x-2', actor: CAST.carol }, 'enough');
    await until('it to be dropped', async () => (await find()).extension === undefined);
    expect(await find()).toMatchObject({ until: inHours(4), note: 'The extension was not approved: Carol: enough' });
    await extend(9, 'x2');
    await world.approve(3);
    await until('the new end', async () => (await find()).until.getTime() === inHours(9).getTime());
  });

  it('that is approved after the end extends nothing', async () => {
    const { clock, becomes, hosts } = await opened();
    await extend(8);
    clock.advance(4 * HOUR_MS);
    const late = await world.approve(2);
    await becomes('ended');
    expect(['decided', 'late']).toContain(late.kind);
    expect(hosts.left()).toEqual([]);
    expect(world.told().some((line) => line.includes('extended'))).toBe(false);
    expect(await world.approvals.find('g7kq2m9x-2')).not.toMatchObject({ status: 'pending' });
    await expect(extend(8, 'x3')).rejects.toThrow('is not open');
  });

  it('is asked by the person or not at all, later than the end, within what the customer may have', async () => {
    await opened();
    await expect(extend(8, 'x1', CAST.dave)).rejects.toMatchObject({ name: 'DeniedError' });
    await expect(extend(8, 'x1', CAST.gus)).rejects.toThrow('There is no access');
    await expect(extend(8, 'x1', CAST.alice)).rejects.toMatchObject({ name: 'DeniedError' });
    await expect(extend(4)).rejects.toThrow('has to be later');
    await expect(extend(73)).rejects.toThrow('72 h at most');
    expect((await find()).extension).toBeUndefined();
  });

  it('that one of ours asks for is approved neither by them nor by whom it is for', async () => {
    const anybody = {
      groups: [{ role: 'customer', count: 1, team: 'any' as const }],
      requesters: ['customer', 'operator'],
    };
    await asked(anybody);
    const { roles } = world.config;
    const operator = [...(roles.operator ?? []), 'access.request' as const];
    Object.assign(world.config, { roles: { ...roles, operator } });
    await world.approve(1, CAST.dave);
    await world.becomes('active');
    await extend(8, 'x1', CAST.alice);
    expect(await world.approve(2, CAST.dana)).toMatchObject({ kind: 'refused' });
    expect((await find()).until).toEqual(inHours(4));
    expect(await world.approve(2, CAST.dave)).toMatchObject({ kind: 'decided' });
    await until('the new end', async () => (await find()).until.getTime() === inHours(8).getTime());
    expect(world.told()).toContain('U0ALICE access.extended: Still looking for it');
  });

  it('keeps an account whose host is away, and says so', async () => {
    const { hosts } = await opened();
    hosts.down.add('apim-1');
    await extend(8);
    await world.approve(2);
    await until('the new end', async () => (await find()).extension === undefined);
    const [first] = await world.store.hosts('g7kq2m9x');
    expect(first).toMatchObject({ state: 'made', note: expect.stringContaining('not reached') });
    expect(hosts.untilOn('apim-2')).toEqual(inHours(8));
  });
});
