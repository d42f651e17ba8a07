import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccessWorld,
  aRequest,
  CAST,
  createAccessWorld,
  DANAS_KEY,
  HOUR_MS,
  PROD,
} from '../../../support/access-world.ts';
import { anEnvironment } from '../../../support/world.ts';

let world: AccessWorld;
beforeEach(async () => {
  world = await createAccessWorld();
});
afterEach(() => world.engine.shutdown());

const DENIED = { name: 'DeniedError' };
const OWN = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID9d6s41E2Co2y/oWY/cXlkBOOqefMyjPwG8ccDpQaVq';
const check = (overrides: Parameters<AccessWorld['request']>[0]) =>
  world.service.check(aRequest(world.clock.now(), overrides));
const withKey = (publicKey: string) => ({
  wish: { kinds: ['linux'] as const, linux: { hosts: ['apim-3'], publicKey, productLogs: false } },
});

describe('who may ask', () => {
  it('is offered to the people of the customer, for as long as they may have it', async () => {
    expect(await world.service.offer(CAST.dana, PROD)).toEqual({
      decision: { allowed: true },
      longestMs: 72 * HOUR_MS,
    });
  });

  it.each([
    ['one of ours', CAST.alice],
    ['somebody of another customer', CAST.gus],
    ['somebody unknown', { id: 'T0OUTSIDE:U0MALLORY' as const, displayName: 'Dana', grants: [] }],
    ['somebody unknown with forged grants', { ...CAST.dana, id: 'T0OUTSIDE:U0DANA' as const }],
  ])('is not %s', async (_who, actor) => {
    expect((await world.service.offer(actor, PROD)).decision.allowed).toBe(false);
    await expect(world.request({ actor })).rejects.toMatchObject(DENIED);
    expect(await world.store.unfinished()).toEqual([]);
  });

  it('is not one of ours with an account in the workspace of the customer', async () => {
    const both = { ...CAST.carol, id: 'T0ACME:U0GUEST' as const, alsoKnownAs: [CAST.carol.id] };
    const people = [...world.config.people, { ...both, grants: [{ role: 'customer', customers: ['acme'] }] }];
    Object.assign(world.config, { people: people.filter(({ id }) => id !== CAST.carol.id) });
    expect((await world.service.offer(both, PROD)).decision).toMatchObject({ allowed: false });
  });

  it('is nobody where nothing is offered, no policy fits, or the channel is not of that customer', async () => {
    await expect(world.request({ environment: anEnvironment('acme', 'dev', ['dev-1']) })).rejects.toThrow(
      'No approval policy',
    );
    await expect(world.request({ channelId: 'C0GLOBEXSHARED' })).rejects.toMatchObject(DENIED);
    const { inventory } = world.config;
    const customers = inventory.customers.map((customer) => ({ ...customer, access: undefined }));
    Object.assign(world.config, { inventory: { customers } });
    await expect(world.request()).rejects.toThrow('does not offer it');
    expect(await check({})).toHaveProperty('kinds');
  });

  it('asks nothing of which something is wrong', async () => {
    await expect(world.request({ reason: 'hm' })).rejects.toThrow('10 to 500 characters');
    expect(await world.store.unfinished()).toEqual([]);
  });
});

describe('a key', () => {
  it("of somebody else's access, or of msops itself, is refused without saying whose", async () => {
    await world.request();
    const dave = { actor: CAST.dave, userId: 'U0DAVE' };
    expect((await check({ ...dave, ...withKey(`${DANAS_KEY} mine`) })).publicKey).toContain("somebody else's access");
    expect((await check({ ...dave, ...withKey(OWN) })).publicKey).toContain("somebody else's access");
    expect(JSON.stringify(await check({ ...dave, ...withKey(DANAS_KEY) }))).not.toMatch(/dana|AAAA/i);
    expect(await check(withKey(DANAS_KEY))).toEqual({});
  });

  it('that was only ever asked for is kept from nobody', async () => {
    await world.request({ actor: CAST.dave, userId: 'U0DAVE' });
    await world.approvals.reject({ id: 'g7kq2m9x-1', actor: CAST.carol }, 'no');
    await world.becomes('rejected');
    expect(await check(withKey(DANAS_KEY))).toEqual({});
  });
});

describe('what is shown', () => {
  it('has the ways to the hosts for a look at one grant, and never on a list', async () => {
    await world.request();
    const facts = await world.service.find('g7kq2m9x', ['acme']);
    expect(facts?.ways.map(({ host, address }) => `${host} ${address}`)).toEqual([
      'apim-1 192.0.2.1',
      'apim-2 192.0.2.1',
    ]);
    expect(facts?.ways[0]?.fingerprints[0]).toMatch(/^SHA256:/);
    expect(facts).toMatchObject({ customerName: 'Acme Bank', approval: { id: 'g7kq2m9x-1' } });
    expect(await world.service.find('g7kq2m9x', ['globex'])).toBeUndefined();
    expect((await world.service.list({ customers: 'all' })).map(({ ways }) => ways)).toEqual([[]]);
    expect(await world.service.list({ customers: ['globex'] })).toEqual([]);
  });

  it('is the card in the shared channel and in the ops channels', async () => {
    const { channels } = await world.request();
    expect(channels).toEqual([
      { channelId: 'C0ACMESHARED', kind: 'shared' },
      { channelId: 'C0ACMEOPS', kind: 'ops' },
      { channelId: 'C0OPSALL', kind: 'ops' },
    ]);
  });

  it('has what they had before', async () => {
    await world.request();
    await world.approve();
    await world.becomes('active');
    await world.request({ id: 'g2222222', wish: { kinds: ['dashboard'] } });
    expect((await world.service.find('g2222222', 'all'))?.before.map(({ id }) => id)).toEqual(['g7kq2m9x']);
  });
});

describe('drift', () => {
  it('is what hosts have and no grant explains, and what they lack', async () => {
    await world.request();
    await world.approve();
    await world.becomes('active');
    expect(await world.service.drift(PROD)).toEqual([]);
    const [host] = PROD.hosts;
    const signal = new AbortController().signal;
    const account = {
      grantId: 'g2222222',
      user: 'msro-g2222222',
      publicKey: DANAS_KEY,
      until: world.clock.now(),
      productHomes: [],
    };
    await world.hosts.service.make({ environment: PROD, host: host! }, account, signal);
    world.hosts.down.add('apim-3');
    const kinds = (await world.service.drift(PROD)).map(({ kind, host: on }) => `${kind} ${on}`);
    expect(kinds).toEqual(['unexplained_account apim-1', 'unknown apim-3']);
  });
});
