import { afterEach, describe, expect, it } from 'vitest';
import { withGrantedRoles } from '../../../../src/services/access/with-granted-roles.ts';
import { type AccessWorld, CAST, createAccessWorld, HOUR_MS } from '../../../support/access-world.ts';
import { until } from '../../../support/until.ts';

let world: AccessWorld;
afterEach(() => world.engine.shutdown());

const start = async (...options: Parameters<typeof createAccessWorld>) => {
  world = await createAccessWorld(...options);
  return world;
};
/** Open, on two hosts, for four hours. */
const opened = async () => {
  await start();
  await world.request();
  await world.approve();
  await world.becomes('active');
  return world;
};
const find = async () => (await world.store.find('g7kq2m9x'))!;
const everywhere = ['msro-g7kq2m9x on apim-1', 'msro-g7kq2m9x on apim-2'];

describe('a grant', () => {
  it('opens nothing before it is approved, opens, and ends by itself at its time', async () => {
    const { request, approve, becomes, hosts, clock, told, texts } = await start();
    await request();
    expect(hosts.left()).toEqual([]);
    expect(texts('access:g7kq2m9x:C0ACMESHARED')).toContain('shared: requested');
    expect(texts('access:g7kq2m9x:C0ACMEOPS')).toContain('ops: requested');

    expect(await approve()).toMatchObject({ kind: 'decided' });
    await becomes('active');
    expect(hosts.left()).toEqual(everywhere);
    expect(world.outbox.get('access:g7kq2m9x:details:begun')?.[0]).toMatchObject({
      to: { kind: 'ephemeral', channelId: 'C0ACMESHARED', userId: 'U0DANA' },
      message: { text: 'g7kq2m9x on apim-1,apim-2' },
    });

    clock.advance(4 * HOUR_MS);
    await becomes('ended');
    await until('its card', () => texts('access:g7kq2m9x:C0ACMEOPS').at(-1) === 'ops: ended');
    expect(hosts.left()).toEqual([]);
    expect(told()).toEqual([
      'U0DANA access.requested: Look for the timeouts of last night',
      'msops access.begun',
      'msops access.ended: its time is over',
    ]);
    await until('its workflow to end', async () => (await world.engine.state('access:g7kq2m9x')) === 'done');
  });

  it('asked for twice, and fifty times at once, is one', async () => {
    const { request, becomes, approve, told, hosts } = await start();
    await Promise.all(Array.from({ length: 50 }, () => request()));
    await Promise.all(Array.from({ length: 50 }, () => approve()));
    await becomes('active');
    expect(hosts.diary).toEqual(['make apim-1', 'make apim-2']);
    await Promise.all(
      Array.from({ length: 50 }, () =>
        world.service.end('g7kq2m9x', { why: 'done', by: toPersonOf('dana') }).catch(() => undefined),
      ),
    );
    await becomes('ended');
    expect(hosts.diary.slice(2).toSorted()).toEqual(['remove apim-1', 'remove apim-2']);
    expect(told().map((line) => line.split(':')[0])).toEqual([
      'U0DANA access.requested',
      'msops access.begun',
      'U0DANA access.ended',
    ]);
  });

  it('keeps no account of a Linux user when only the dashboard was asked for', async () => {
    const { request, approve, becomes, hosts, clock } = await start();
    await request({ wish: { kinds: ['dashboard'] } });
    await approve();
    await becomes('active');
    clock.advance(4 * HOUR_MS);
    await becomes('ended');
    expect(hosts.diary).toEqual([]);
  });

  it.each([
    ['rejected', async () => world.approvals.reject({ id: 'g7kq2m9x-1', actor: CAST.carol }, 'not today'), 'Carol'],
    ['lapsed', async () => world.clock.advance(HOUR_MS), 'nobody decided in time'],
    ['withdrawn', async () => world.approvals.void('g7kq2m9x-1', 'the policy has changed'), 'the policy has changed'],
  ] as const)('that is %s opens nothing', async (state, decide, note) => {
    const { request, hosts, clock } = await start();
    await request();
    await decide();
    await until('an end', async () => {
      clock.advance(60_000);
      return (await find()).state === state;
    });
    expect((await find()).note).toContain(note);
    expect(hosts.diary).toEqual([]);
    expect(world.told()).toHaveLength(2);
  });

  it('does not begin when who approved may not do so any more', async () => {
    const { request, becomes, hosts, config, approvals } = await start();
    await request();
    const recheck = approvals.recheck.bind(approvals);
    Object.assign(approvals, {
      recheck: async (...asked: Parameters<typeof recheck>) => {
        Object.assign(config, { people: config.people.filter(({ displayName }) => displayName !== 'Carol') });
        return recheck(...asked);
      },
    });
    await world.approve();
    await becomes('rejected');
    expect((await find()).note).toContain('is missing');
    expect(hosts.diary).toEqual([]);
  });

  it('approved for longer than there is time left opens nothing', async () => {
    const { request, approve, becomes, clock } = await start();
    await request({ until: new Date(clock.now().getTime() + HOUR_MS / 2) });
    clock.advance(HOUR_MS / 2);
    await approve();
    await becomes('lapsed');
    expect(world.hosts.diary).toEqual([]);
  });

  it('reminds once before its end, in the thread of its card', async () => {
    const { clock, outbox } = await opened();
    const key = [...outbox.keys()].find((one) => one.includes('reminder'));
    expect(key).toBeUndefined();
    clock.advance(3 * HOUR_MS);
    const reminders = () => [...outbox].filter(([one]) => one.includes(':reminder:')).flatMap(([, puts]) => puts);
    await until('the reminder', () => reminders().length > 0);
    clock.advance(HOUR_MS / 2);
    await world.service.sweep();
    expect(reminders()).toHaveLength(1);
    expect(reminders()[0]?.to).toMatchObject({ threadOf: 'access:g7kq2m9x:C0ACMESHARED' });
  });

  it('gives its role until its end and not a moment longer, whatever has run', async () => {
    const { clock, config, store } = await opened();
    await world.engine.shutdown();
    const rolesAt = async (now: Date) => {
      const { people } = withGrantedRoles(config, await store.open(), now);
      return people.filter(({ grants }) => grants.some(({ role }) => role.startsWith(':'))).map(({ id }) => id);
    };
    expect(await rolesAt(clock.now())).toEqual([CAST.dana.id]);
    const end = (await find()).until.getTime();
    expect(await rolesAt(new Date(end - 1))).toEqual([CAST.dana.id]);
    expect(await rolesAt(new Date(end))).toEqual([]);
    clock.advance(4 * HOUR_MS);
    expect(world.hosts.canLogIn('apim-1')).toEqual([]);
  });
});

function toPersonOf(name: keyof typeof CAST) {
  const { id, displayName } = CAST[name];
  return { id, accounts: [id], name: displayName };
}
