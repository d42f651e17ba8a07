import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, createRolloutWorld, type RolloutWorldOptions } from '../../../support/rollout-world.ts';
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
const outcomes = async (id = 'r1') => (await world.store.hosts(id)).map(({ host, state }) => `${host} ${state}`);

describe('a rollout', () => {
  it('touches nothing before it is approved, then takes one host out after the other', async () => {
    const { request, approvals, diary } = await start();
    await request();
    expect(await stateOf()).toBe('awaiting_approval');
    expect(diary).toEqual([]);

    await approvals.decide('r1-1', 'approved');
    await becomes('succeeded');

    expect(diary).toEqual(
      ['apim-1', 'apim-2', 'apim-3'].flatMap((host) => [`${host} out`, `${host} install`, `${host} in`]),
    );
    expect(await world.locks.find('acme', 'prod')).toBeUndefined();
    expect(await world.deps.maintenances.active()).toEqual([]);
    expect(world.audit.map(({ action, hosts }) => `${action} ${hosts?.join()}`)).toEqual([
      'rollout.run apim-1,apim-2,apim-3',
      'host.change apim-1',
      'host.change apim-2',
      'host.change apim-3',
      'rollout.end apim-1,apim-2,apim-3',
    ]);
  });

  it.each(['rejected', 'expired'] as const)('that is %s does nothing', async (status) => {
    const { request, approvals, diary } = await start();
    await request();
    await approvals.decide('r1-1', status);
    await becomes(status);
    expect(diary).toEqual([]);
  });

  it('asked for twice is one', async () => {
    const { request, approvals, diary } = await start();
    await Promise.all([request(), request()]);
    await approvals.decide('r1-1', 'approved');
    await becomes('succeeded');
    expect(diary).toHaveLength(9);
  });

  it('stops when a host fails, says why, and leaves the rest alone', async () => {
    const { request, approvals, steps, diary } = await start();
    steps['apim-2'] = async () => ({ ok: false, reason: 'dpkg was interrupted', advice: 'Repair it.' });
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');

    expect(await outcomes()).toEqual(['apim-1 done', 'apim-2 failed', 'apim-3 skipped']);
    expect((await world.store.hosts('r1'))[1]).toMatchObject({ note: 'dpkg was interrupted' });
    expect(diary).toContain('apim-2 in');
    expect(diary).not.toContain('apim-3 out');
    expect((await world.store.find('r1'))?.note).toContain('1 host has failed');
  });

  it('keeps what every step printed', async () => {
    const { request, approvals, steps, deps } = await start();
    Object.assign(deps.traffic, { drain: async () => ({ ok: true, output: 'drained' }) });
    steps['apim-1'] = async () => ({ ok: true, output: 'Setting up openssl' });
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('succeeded');
    expect((await world.store.hosts('r1')).map(({ output }) => output)).toEqual([
      'drained\nSetting up openssl',
      'drained',
      'drained',
    ]);
  });

  it('goes on as long as no more fail than it may lose', async () => {
    const { request, approvals, steps } = await start({ settings: { maxFailures: 1, maxFailuresPerWave: 1 } });
    steps['apim-1'] = async () => ({ ok: false, reason: 'no space' });
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    expect(await outcomes()).toEqual(['apim-1 failed', 'apim-2 done', 'apim-3 done']);
  });

  it('keeps a host that is not well after its change out of service', async () => {
    const { request, approvals, steps, health, diary } = await start();
    steps['apim-1'] = async () => {
      health['apim-1'] = { healthy: false, reason: 'carbon answers 500' };
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    expect(diary).not.toContain('apim-1 in');
    expect(await world.deps.maintenances.active()).toMatchObject([{ host: 'apim-1' }]);
  });

  it('takes no host out when too few of its role would be left', async () => {
    const { request, approvals, health, diary } = await start();
    health['apim-2'] = { healthy: false, reason: 'no JVM' };
    health['apim-3'] = { healthy: false, reason: 'not reached' };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    expect(diary).toEqual([]);
    expect((await world.store.hosts('r1'))[0]?.note).toBe(
      'without apim-1 only 0 healthy of the role gateway would be in service, and 1 must stay (apim-2: no JVM; apim-3: not reached)',
    );
  });

  it('stops when a host that was done is not well any more', async () => {
    const { request, approvals, steps, health } = await start();
    steps['apim-2'] = async () => {
      health['apim-1'] = { healthy: false, reason: 'heap 99 %' };
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('failed');
    expect(await outcomes()).toEqual(['apim-1 failed', 'apim-2 done', 'apim-3 skipped']);
  });

  it('changes no host that somebody else has done meanwhile, and sees to it that it is well', async () => {
    const { request, approvals, done, steps, diary } = await start();
    steps['apim-1'] = async () => {
      done.add('apim-2');
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('succeeded');
    expect(diary).not.toContain('apim-2 install');
    expect((await world.store.hosts('r1'))[1]).toMatchObject({ state: 'done', note: 'was done already' });
  });

  it('whose plan has changed is asked again, and says what changed', async () => {
    const { request, approvals, wanted, diary } = await start();
    await request();
    wanted.lines = ['openssl 1 → 3'];
    await approvals.decide('r1-1', 'approved');
    await until('it is asked again', async () => (await world.store.find('r1'))?.approvalId === 'r1-2');
    await becomes('awaiting_approval');

    expect(diary).toEqual([]);
    expect(approvals.all.get('r1-1')?.status).toBe('void');
    expect((await world.store.find('r1'))?.changedSince?.slice(0, 2)).toEqual([
      'apim-1: not any more: openssl 1 → 2',
      'apim-1: new: openssl 1 → 3',
    ]);
    await approvals.decide('r1-2', 'approved');
    await becomes('succeeded');
  });

  it('pauses before the next wave, goes on when asked to, and is aborted when asked to', async () => {
    const { request, approvals, steps, service, diary } = await start();
    steps['apim-1'] = async () => {
      await service.control('r1', ALICE, 'pause');
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('paused');
    expect(await outcomes()).toEqual(['apim-1 done', 'apim-2 waiting', 'apim-3 waiting']);
    await expect(service.control('r1', ALICE, 'pause')).rejects.toThrow('Alice Moreau has paused it already.');

    steps['apim-2'] = async () => {
      await service.control('r1', ALICE, 'abort');
      return { ok: true };
    };
    await service.control('r1', ALICE, 'resume');
    await becomes('aborted');
    expect(await outcomes()).toEqual(['apim-1 done', 'apim-2 done', 'apim-3 skipped']);
    expect(diary).not.toContain('apim-3 out');
    await expect(service.control('r1', ALICE, 'resume')).rejects.toThrow('has ended already');
  });

  it('that is aborted while its plan is made again is not asked for again', async () => {
    const { request, approvals, wanted, service, deps, diary } = await start();
    await request();
    wanted.lines = ['openssl 1 → 3'];
    const [change] = deps.changes;
    const plan = change!.plan.bind(change);
    Object.assign(change!, {
      plan: async (...asked: Parameters<typeof plan>) => {
        await service.control('r1', ALICE, 'abort');
        return plan(...asked);
      },
    });
    await approvals.decide('r1-1', 'approved');
    await becomes('aborted');
    expect(approvals.all.get('r1-2')?.status).toBe('withdrawn');
    expect(diary).toEqual([]);
  });

  it('that is asked again is asked once when the asking has to be repeated', async () => {
    const { request, approvals, wanted, deps } = await start({ patienceMs: 20_000 });
    await request();
    wanted.lines = ['openssl 1 → 3'];
    const redraw = deps.cards.redraw.bind(deps.cards);
    let failures = 1;
    Object.assign(deps.cards, {
      redraw: async (id: string) => {
        if (approvals.all.has('r1-2') && failures-- > 0) {
          throw new Error('the store is away');
        }
        return redraw(id);
      },
    });
    await approvals.decide('r1-1', 'approved');
    await until('it to be asked again', () => failures < 0 && approvals.all.has('r1-2'));
    await approvals.decide('r1-2', 'approved');
    await becomes('succeeded');
    expect([...approvals.all.keys()]).toEqual(['r1-1', 'r1-2']);
  });

  it('that is aborted while it waits for its approval never runs', async () => {
    const { request, service, diary } = await start();
    await request();
    await service.control('r1', ALICE, 'abort');
    await becomes('aborted');
    expect(diary).toEqual([]);
  });

  it('has nothing unforeseen in its log', () => {
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
