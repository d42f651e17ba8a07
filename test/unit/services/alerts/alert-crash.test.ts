import { describe, expect, it } from 'vitest';
import { createAlertService } from '../../../../src/services/alerts/create-alert-service.ts';
import { theActor } from '../../../support/world.ts';
import { type AlertWorld, aDisk, anAlertWorld, MINUTE, theGroup } from './alert-world.ts';

const HOSTS = ['apim-1', 'apim-2', 'mi-1'];

describe('a bot that dies between the board and the outbox', () => {
  it('tells by the next round what was decided, under the same keys', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(2, () => [aDisk('mi-1', 95)]);
    let left = 0;
    const put = world.deps.outbox.put;
    const dying = createAlertService({
      ...world.deps,
      outbox: {
        async put(outgoing) {
          if (left === 0) {
            throw new Error('killed');
          }
          left -= 1;
          await put(outgoing);
        },
      },
    });
    const dies = (percent: number) =>
      expect(
        dying.observe(world.environment, { reports: [aDisk('mi-1', percent), aDisk('apim-1', 95)], missing: [] }),
      ).rejects.toThrow('killed');
    await dies(95);
    world.clock.advance(MINUTE);
    await dies(95);
    world.clock.advance(MINUTE);
    left = 1;
    await dies(20);
    expect(world.puts).toHaveLength(1);

    await world.observe(aDisk('mi-1', 20), aDisk('apim-1', 95));
    const { id } = await theGroup(world);
    expect(world.shown()).toEqual({
      [`alert:${id}:C0OPS`]: expect.stringContaining('apim-1 critical'),
      [`alert:${id}:C0OPS:1`]: 'fired: apim-1; worsened: ; ended: ',
    });
    expect((await world.deps.store.board('acme', 'prod')).untold).toEqual([]);
  });
});

describe('a click on another replica while a round is told', () => {
  /** The click happens before the first message of the round has reached the outbox. */
  async function race(world: AlertWorld, click: () => Promise<unknown>): Promise<void> {
    const { put } = world.deps.outbox;
    let hasClicked = false;
    const leader = createAlertService({
      ...world.deps,
      outbox: {
        async put(outgoing) {
          if (!hasClicked) {
            hasClicked = true;
            await click();
          }
          await put(outgoing);
        },
      },
    });
    world.clock.advance(MINUTE);
    await leader.observe(world.environment, { reports: [aDisk('mi-1', 20), aDisk('apim-1', 95)], missing: [] });
  }

  it('is not drawn over', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = await theGroup(world);
    await race(world, () => world.alerts.acknowledge(id, theActor('alice')));
    expect(world.shown()[`alert:${id}:C0OPS`]).toBe('disk, mi-1 critical, taken, ops');
  });

  it('is told by the next round when that replica died before it could', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = await theGroup(world);
    const dying = createAlertService({ ...world.deps, outbox: { put: () => Promise.reject(new Error('killed')) } });
    await race(world, () => dying.acknowledge(id, theActor('alice')).catch(() => undefined));
    expect((await world.deps.store.board('acme', 'prod')).untold).toMatchObject([{ group: { id } }]);
    await world.observe();
    expect(world.shown()[`alert:${id}:C0OPS`]).toBe('disk, mi-1 critical, taken, ops');
    expect((await world.deps.store.board('acme', 'prod')).untold).toEqual([]);
  });
});
