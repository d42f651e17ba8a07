import { afterEach, describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import { writeShown } from '../../../../src/services/rollouts/take-turn.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createRolloutWorld, type RolloutWorldOptions } from '../../../support/rollout-world.ts';
import { until } from '../../../support/until.ts';

type World = ReturnType<typeof createRolloutWorld>;

let world: World;

async function start(options?: Partial<RolloutWorldOptions>): Promise<World> {
  world = createRolloutWorld(options);
  await world.engine.launch();
  return world;
}
afterEach(() => world.engine.shutdown());

const stateOf = async (id = 'r1') => (await world.store.find(id))?.state;
const becomes = (state: string, id = 'r1') => until(`${id} to be ${state}`, async () => (await stateOf(id)) === state);

describe('a rollout in trouble', () => {
  it('says what failed first, also when the host cannot be put back in service', async () => {
    const { request, approvals, steps, deps } = await start();
    steps['apim-1'] = async () => ({ ok: false, reason: 'dpkg was interrupted', advice: 'Repair it.' });
    const { ready } = deps.traffic;
    Object.assign(deps.traffic, {
      ready: async (target: Parameters<typeof ready>[0]) => {
        throw target.host.name === 'apim-1' ? new HopFailure(aHopFailure()) : new Error('nobody asked for this');
      },
    });
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    const [failed] = await world.store.hosts('r1');
    expect(failed).toMatchObject({ state: 'failed', note: expect.stringMatching(/^dpkg was interrupted/) });
  });

  it('looks at a host again when the way to it was away for a moment', async () => {
    const { request, approvals, deps } = await start({ patienceMs: 60_000 });
    const { check } = deps.health;
    let looks = 0;
    Object.assign(deps.health, {
      check: async (target: Parameters<typeof check>[0]) => {
        looks += 1;
        if (looks === 1) {
          throw new HopFailure(aHopFailure());
        }
        return check(target);
      },
    });
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('succeeded');
    expect(looks).toBeGreaterThan(1);
  });

  it('ends when its plan has problems after it was approved, and is not asked for again', async () => {
    const { request, approvals, deps, wanted, diary } = await start();
    await request();
    wanted.lines = ['openssl 1 → 3'];
    const [change] = deps.changes;
    const plan = change!.plan.bind(change);
    const problems = [{ host: 'apim-2', text: 'dpkg was interrupted' }];
    Object.assign(change!, {
      plan: async (...asked: Parameters<typeof plan>) => ({ ...(await plan(...asked)), problems }),
    });
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    expect((await world.store.find('r1'))?.note).toBe(
      'it cannot be done as approved any more: apim-2: dpkg was interrupted',
    );
    expect([approvals.all.has('r1-2'), diary]).toEqual([false, []]);
  });

  it('that waits says so again only when it waits for something else, or until another time', async () => {
    const { request, store, deps } = await start();
    await request();
    const write = async (nextAt: Date) => {
      const shown = { state: 'waiting', note: 'waits for its time', nextAt } as const;
      return writeShown((await store.find('r1'))!, shown, deps);
    };
    const [one, other] = [new Date(1_000), new Date(2_000)];
    expect([await write(one), await write(one), await write(other)]).toEqual([true, false, true]);
    expect((await store.find('r1'))?.nextAt).toEqual(other);
  });
});
