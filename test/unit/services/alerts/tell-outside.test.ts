import { describe, expect, it } from 'vitest';
import type { AlertGroup } from '../../../../src/services/alerts/alert.ts';
import { cardsOf } from '../../../../src/services/alerts/group-cards.ts';
import type { AlertCard, AlertNotices, Telling } from '../../../../src/services/alerts/ports.ts';
import { aGroup } from '../../views/alert-builders.ts';
import { aDisk, anAlertWorld, aWatched, MINUTE } from './alert-world.ts';

/** Writes down what it is told; fails while `isBroken`. */
function recording() {
  const told: { telling: Telling; cards: readonly AlertCard[] }[] = [];
  const state = { isBroken: false };
  const notices: AlertNotices = {
    async tell(telling, cards) {
      if (state.isBroken) {
        throw new Error('store is away');
      }
      told.push({ telling, cards });
    },
  };
  return { told, notices, state };
}

describe('what is told outside Slack', () => {
  it('comes after the messages in Slack, with their keys', async () => {
    const { told, notices } = recording();
    const world = anAlertWorld(['mi-1'], { notices });
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    const { id } = told[0]!.telling.group;
    expect(told).toHaveLength(1);
    expect(told[0]?.cards).toEqual([{ key: `alert:${id}:C0OPS`, channelId: 'C0OPS', kind: 'ops' }]);
    expect(world.puts.map(({ key }) => key)).toEqual([`alert:${id}:C0OPS`]);
  });

  it('stays on the board while it cannot be put, and is told in order by the next round', async () => {
    const { told, notices, state } = recording();
    const world = anAlertWorld(['mi-1'], { notices });
    state.isBroken = true;
    await world.keepObserving(2, () => [aDisk('mi-1', 95)]);
    await expect(world.observe(aDisk('mi-1', 95))).rejects.toThrow('not told outside Slack');
    world.clock.advance(MINUTE);
    await expect(world.observe(aDisk('mi-1', 20))).rejects.toThrow('not told outside Slack');
    world.clock.advance(MINUTE);
    await expect(world.observe(aDisk('mi-1', 20))).rejects.toThrow('not told outside Slack');
    expect(Object.values(world.shown()).join()).toContain('over');
    state.isBroken = false;
    await world.observe(aDisk('mi-1', 20));
    // Its begin, that it is well for now, its end.
    expect(told.map(({ telling: { group } }) => group.endedAt === undefined)).toEqual([true, true, false]);
    expect((await world.deps.store.board('acme', 'prod')).untold).toEqual([]);
  });

  it('reads the board no more than it writes it when nobody else has', async () => {
    const world = anAlertWorld(['mi-1']);
    let reads = 0;
    const { store } = world.deps;
    const board: typeof store.board = async (...place) => {
      reads += 1;
      return store.board(...place);
    };
    const counted = anAlertWorld(['mi-1'], { store: { ...store, board } });
    await counted.keepObserving(3, () => [aDisk('mi-1', 95)]);
    expect(Object.values(counted.shown())).toHaveLength(1);
    expect(reads).toBe(0);
  });
});

describe('cardsOf', () => {
  const channels = [
    { channelId: 'C0OPS', kind: 'ops' },
    { channelId: 'C0SHARED', kind: 'shared' },
  ] as const;
  const shownIn = (group: Partial<AlertGroup>, { has = channels as readonly (typeof channels)[number][] } = {}) => {
    const customer = { id: 'acme', name: 'Acme Bank', channels: has, environments: [aWatched(['mi-2'])] };
    return cardsOf(aGroup(group), customer).map(({ channelId }) => channelId);
  };

  it('shows ours to our people, and to the customer only where it was agreed', () => {
    expect(shownIn({})).toEqual(['C0OPS']);
  });

  it('shows what is the customer’s in their channels alone, and in ours when they have none', () => {
    expect(shownIn({ owner: 'customer' })).toEqual(['C0SHARED']);
    expect(shownIn({ owner: 'customer' }, { has: [channels[0]] })).toEqual(['C0OPS']);
  });

  it('shows nothing of a customer who is not there any more', () => {
    expect(cardsOf(aGroup(), undefined)).toEqual([]);
  });
});
