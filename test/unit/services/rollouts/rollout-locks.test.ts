import { afterEach, describe, expect, it } from 'vitest';
import { CONTROL_TOPIC, workflowIdOf } from '../../../../src/services/rollouts/rollout-deps.ts';
import { ALICE, createRolloutWorld } from '../../../support/rollout-world.ts';
import { until } from '../../../support/until.ts';

type World = ReturnType<typeof createRolloutWorld>;

let world: World;

async function start(): Promise<World> {
  world = createRolloutWorld();
  await world.engine.launch();
  return world;
}
afterEach(() => world.engine.shutdown());

const becomes = (state: string, id = 'r1') =>
  until(`${id} to be ${state}`, async () => (await world.store.find(id))?.state === state);
const outcomes = async () => (await world.store.hosts('r1')).map(({ host, state }) => `${host} ${state}`);
const owner = async () => (await world.locks.find('acme', 'prod'))?.owner;
const breakLock = () =>
  world.service.breakLock({ customer: 'acme', environment: 'prod', actor: ALICE, reason: 'the network burns' });

/** After the first of three hosts. */
async function pauseInTheMiddle(): Promise<void> {
  world.steps['apim-1'] = async () => {
    await world.service.control('r1', ALICE, 'pause');
    return { ok: true };
  };
  await world.request();
  await world.approvals.decide('r1-1', 'approved');
  await becomes('paused');
}

/** As it does by itself from time to time. */
async function lookAgain(): Promise<void> {
  const before = world.cards.length;
  await world.engine.send(workflowIdOf('r1'), { topic: CONTROL_TOPIC, body: 'look' });
  await until('it to look again', () => world.cards.length > before);
}

describe('a rollout', () => {
  it('waits for the lock of another one, and says whose it is', async () => {
    const { request, approvals, steps, service } = await start();
    let release = () => {};
    steps['apim-1'] = () => new Promise((resolve) => (release = () => resolve({ ok: true })));
    await request('r1');
    await approvals.decide('r1-1', 'approved');
    await until('apim-1 is in work', () => world.diary.includes('apim-1 install'));
    await request('r2');
    await approvals.decide('r2-1', 'approved');
    await becomes('waiting', 'r2');
    expect((await world.store.find('r2'))?.note).toBe(
      'waits for the lock of rollout r1 (Change 3 hosts, asked for by Alice Moreau)',
    );
    await service.control('r2', ALICE, 'abort');
    await becomes('aborted', 'r2');
    expect((await world.locks.find('acme', 'prod'))?.owner).toBe('r1');
    release();
    await becomes('succeeded', 'r1');
  });

  it('whose lock is broken pauses before its next wave, and takes it back when it is asked to go on', async () => {
    const { request, approvals, steps, service } = await start();
    steps['apim-1'] = async () => {
      await breakLock();
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('paused');
    expect(await outcomes()).toEqual(['apim-1 done', 'apim-2 waiting', 'apim-3 waiting']);
    expect(await owner()).toBeUndefined();

    const owners: unknown[] = [];
    steps['apim-2'] = async () => {
      owners.push(await owner());
      return { ok: true };
    };
    await service.control('r1', ALICE, 'resume');
    await becomes('succeeded');
    expect(owners).toEqual(['r1']);
  });

  it('keeps its lock while it is paused, until somebody breaks it', async () => {
    await start();
    await pauseInTheMiddle();
    await lookAgain();
    expect(await owner()).toBe('r1');
    await breakLock();
    await lookAgain();
    expect(await owner()).toBeUndefined();
    await expect(breakLock()).rejects.toThrow('Nobody holds the lock');
  });

  it('that was aborted stays so when its lock is broken', async () => {
    const { request, approvals, steps, service, store } = await start();
    steps['apim-1'] = async () => {
      await service.control('r1', ALICE, 'abort');
      await breakLock();
      return { ok: true };
    };
    await request();
    await approvals.decide('r1-1', 'approved');
    await becomes('aborted');
    expect((await store.find('r1'))?.control.wish).toBe('abort');
    expect(await outcomes()).toEqual(['apim-1 done', 'apim-2 skipped', 'apim-3 skipped']);
  });

  it('waits for whoever took the lock meanwhile, and leaves it to them at its end', async () => {
    const { service, store, locks } = await start();
    await pauseInTheMiddle();
    await breakLock();
    const holder = (await store.find('r1'))!.requester;
    await locks.take({ customer: 'acme', environment: 'prod', owner: 'r2', holder, reason: 'Change 1 host' });
    await service.control('r1', ALICE, 'resume');
    await until('it to wait', async () => (await store.find('r1'))?.note?.includes('rollout r2 holds it now'));
    await service.control('r1', ALICE, 'abort');
    await becomes('aborted');
    expect(await owner()).toBe('r2');
  });
});
