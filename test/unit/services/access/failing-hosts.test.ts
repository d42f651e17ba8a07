import { afterEach, describe, expect, it } from 'vitest';
import type { Inventory, Product } from '../../../../src/domain/inventory.ts';
import { type AccessWorld, createAccessWorld, DANAS_KEY, HOUR_MS } from '../../../support/access-world.ts';
import { aProduct } from '../../../support/builders.ts';
import { until } from '../../../support/until.ts';

let world: AccessWorld;
afterEach(() => world.engine.shutdown());

const asked = async () => {
  world = await createAccessWorld();
  await world.request();
  return world;
};
const alarms = () => world.texts('access:g7kq2m9x:C0ACMEOPS:alarm');
const hostOf = async (name: string) => (await world.store.hosts('g7kq2m9x')).find(({ host }) => host === name)!;

describe('a host that is away', () => {
  it('at the start holds up no other, is told, and is cleaned up at the end', async () => {
    const { hosts, approve, becomes, clock, hostStates } = await asked();
    hosts.down.add('apim-1');
    await approve();
    await becomes('active');
    expect(await hostStates()).toEqual(['apim-1 failed', 'apim-2 made']);
    expect((await world.store.find('g7kq2m9x'))?.note).toContain('apim-1: not reached: connect_timeout');
    hosts.down.clear();
    clock.advance(4 * HOUR_MS);
    await becomes('ended');
    expect(hosts.diary).toEqual(['make apim-2', ...['remove apim-1', 'remove apim-2']]);
    expect(alarms()).toEqual([]);
  });

  it('with all others and nothing else asked for is an end that failed', async () => {
    world = await createAccessWorld();
    const { hosts, becomes, clock } = world;
    await world.request({
      wish: { kinds: ['linux'], linux: { hosts: ['apim-1', 'apim-2'], publicKey: DANAS_KEY, productLogs: false } },
    });
    hosts.during['make apim-1'] = async () => ({ ok: false, reason: 'no space', advice: 'Free some.' });
    hosts.down.add('apim-2');
    await world.approve();
    await becomes('ending');
    expect((await world.store.find('g7kq2m9x'))?.endWish).toMatchObject({ why: 'failed' });
    hosts.down.clear();
    await until('the end', async () => {
      clock.advance(10_000);
      return (await world.stateOf()) === 'ended';
    });
    expect(world.told().at(-1)).toContain('access.ended: failed: apim-1: no space. Free some.');
    expect(world.told().some((line) => line.includes('begun'))).toBe(false);
  });

  it('until the end has come is no access that has begun', async () => {
    const { hosts, approve, becomes, clock, told } = await asked();
    hosts.during['make apim-2'] = async () => {
      clock.advance(4 * HOUR_MS);
      return undefined;
    };
    await approve();
    await becomes('ended');
    expect(hosts.left()).toEqual([]);
    expect(told().some((line) => line.includes('begun'))).toBe(false);
    expect(world.outbox.has('access:g7kq2m9x:details:begun')).toBe(false);
  });

  it('at the end is an alarm that stays until it is done, and is tried again for ever', async () => {
    const { hosts, approve, becomes, clock, told } = await asked();
    await approve();
    await becomes('active');
    hosts.down.add('apim-2');
    clock.advance(4 * HOUR_MS);
    await until('the alarm', () => alarms().at(-1) === 'NOT REVOKED on apim-2');
    expect(await world.stateOf()).toBe('ending');
    expect(world.log).toContainEqual({
      level: 'error',
      message: 'Access has ended and is not revoked',
      fields: { grant: 'g7kq2m9x', hosts: ['apim-2'] },
    });
    for (const tries of [2, 3, 4]) {
      clock.advance(60_000);
      await until(`${tries} tries`, async () => (await hostOf('apim-2')).tries === tries);
    }
    await until('its note', async () => (await hostOf('apim-2')).state === 'left_behind');
    expect((await hostOf('apim-1')).tries).toBe(1);
    expect(world.outbox.has('access:g7kq2m9x:C0ACMEOPS:alarm:over')).toBe(false);

    hosts.down.clear();
    clock.advance(60_000);
    await becomes('ended');
    expect(alarms().at(-1)).toBe('revoked');
    expect(world.outbox.get('access:g7kq2m9x:C0ACMEOPS:alarm:over')?.[0]).toMatchObject({
      to: { threadOf: 'access:g7kq2m9x:C0ACMEOPS:alarm' },
      message: { text: 'revoked' },
    });
    expect(told().filter((line) => line.includes('not_revoked'))).toHaveLength(1);
    expect(hosts.left()).toEqual([]);
  });

  it('that says no when it is cleaned up is not taken for clean', async () => {
    const { hosts, approve, becomes, clock } = await asked();
    await approve();
    await becomes('active');
    hosts.during['remove apim-1'] = async () => ({ ok: false, reason: 'a process of it cannot be ended' });
    clock.advance(4 * HOUR_MS);
    await until('the alarm', () => alarms().length > 0);
    expect(await hostOf('apim-1')).toMatchObject({ state: 'left_behind', note: 'a process of it cannot be ended' });
    delete hosts.during['remove apim-1'];
    clock.advance(60_000);
    await becomes('ended');
  });

  it('that is not in the configuration any more says what to do, and is not forgotten', async () => {
    const { config, approve, becomes, clock } = await asked();
    await approve();
    await becomes('active');
    const { inventory } = config;
    const without = inventory.customers.map((customer) => ({
      ...customer,
      environments: customer.environments.map((one) => ({ ...one, hosts: one.hosts.slice(1) })),
    }));
    Object.assign(config, { inventory: { customers: without } });
    clock.advance(4 * HOUR_MS);
    await until('the alarm', () => alarms().at(-1) === 'NOT REVOKED on apim-1');
    expect((await hostOf('apim-1')).note).toContain('remove the account msro-g7kq2m9x there by hand');
    Object.assign(config, { inventory });
    clock.advance(60_000);
    await becomes('ended');
  });
});

describe('logs of products', () => {
  it('are closed where they were opened, also when the product is not in the configuration any more', async () => {
    world = await createAccessWorld();
    const { config, clock, deps, approve, becomes } = world;
    const { inventory } = config;
    Object.assign(config, { inventory: withProduct(inventory, [aProduct({ home: '/opt/wso2/apim' })]) });
    const homes: (readonly string[])[] = [];
    const { make, remove } = deps.accounts;
    Object.assign(deps.accounts, {
      make: (...given: Parameters<typeof make>) => {
        homes.push(given[1].productHomes);
        return make(...given);
      },
      remove: (...given: Parameters<typeof remove>) => {
        homes.push(given[1].productHomes);
        return remove(...given);
      },
    });
    const linux = { hosts: ['apim-1'], publicKey: DANAS_KEY, productLogs: true };
    await world.request({ wish: { kinds: ['linux'], linux } });
    await approve();
    await becomes('active');
    Object.assign(config, { inventory: withProduct(inventory, [aProduct({ home: '/opt/wso2/apim-2' })]) });
    clock.advance(4 * HOUR_MS);
    await becomes('ended');
    expect(homes).toEqual([['/opt/wso2/apim'], ['/opt/wso2/apim', '/opt/wso2/apim-2']]);
  });
});

function withProduct({ customers }: Inventory, products: readonly Product[]): Inventory {
  return {
    customers: customers.map((customer) => ({
      ...customer,
      environments: customer.environments.map((one) => ({
        ...one,
        hosts: one.hosts.map((host) => ({ ...host, products })),
      })),
    })),
  };
}

describe('revoked in the middle of the making', () => {
  it('is cleaned up after it, not beside it', async () => {
    const { hosts, approve, becomes, service, stateOf } = await asked();
    hosts.during['make apim-1'] = async () => {
      await service.end('g7kq2m9x', { why: 'channel_unshared' });
      await service.sweep();
      expect(await stateOf()).toBe('ending');
      expect(hosts.diary).not.toContain('remove apim-1');
      return undefined;
    };
    await approve();
    await until('the end', async () => {
      world.clock.advance(10_000);
      return (await stateOf()) === 'ended';
    });
    expect(hosts.diary.filter((line) => line.endsWith('apim-1'))).toEqual(['make apim-1', 'remove apim-1']);
    expect(hosts.left()).toEqual([]);
    expect(world.told().some((line) => line.includes('access.begun'))).toBe(false);
    await becomes('ended');
  });

  it('is cleaned up again when the making comes to its end much later', async () => {
    const { hosts, approve, service, stateOf, clock } = await asked();
    const frozen: { wake?: () => void } = {};
    hosts.during['make apim-1'] = () =>
      new Promise((resolve) => {
        frozen.wake = () => resolve(undefined);
      });
    await approve();
    await until('the making', () => frozen.wake !== undefined);
    await service.end('g7kq2m9x', { why: 'channel_unshared' });
    await until('the end', async () => {
      clock.advance(60_000);
      await service.sweep();
      return (await stateOf()) === 'ended';
    });
    frozen.wake?.();
    await until('the account that came late to be gone', async () => {
      clock.advance(60_000);
      await service.sweep();
      return hosts.diary.includes('make apim-1') && hosts.left().length === 0 && (await stateOf()) === 'ended';
    });
    expect(world.told().filter((line) => line.includes('access.ended'))).toHaveLength(1);
  });
});
