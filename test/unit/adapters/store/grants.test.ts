import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createGrantStore } from '../../../../src/adapters/store/grants.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import type { Grant, GrantHost } from '../../../../src/services/access/grant.ts';
import type { GrantStore } from '../../../../src/services/access/ports.ts';
import { CAST, DANAS_KEY, HOUR_MS } from '../../../support/access-world.ts';
import { NOW } from '../../../support/builders.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);

function aGrant(id: string, overrides: Partial<Grant> = {}): Grant {
  return {
    ...{ id, customer: 'acme', environment: 'prod', person: toPerson(CAST.dana), userId: 'U0DANA', team: 'T0ACME' },
    wish: { kinds: ['linux'], linux: { hosts: ['apim-1', 'apim-2'], publicKey: DANAS_KEY, productLogs: true } },
    ...{ until: at(4), reason: `it's "odd" \u0000 %text_`, approvalId: `${id}-1`, state: 'active', requestedAt: NOW },
    channels: [{ channelId: 'C0ACMESHARED', kind: 'shared' }],
    ...overrides,
  };
}
const aHost = (host: string): GrantHost => ({ host, user: 'msro-g1', state: 'waiting', tries: 0 });

let store: Store;
let grants: GrantStore;
beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  grants = createGrantStore(store);
});
afterAll(() => store.close());
beforeEach(() => store.pool.query('truncate grants, grant_hosts'));

const idsOf = (found: readonly Grant[]) => found.map(({ id }) => id);

describe('createGrantStore', () => {
  it('gives back what was written, dates and odd text too', async () => {
    const whole = aGrant('g1', {
      ...{
        begunAt: at(1),
        endedAt: at(2),
        remindedAt: at(1),
        note: 'a note',
        alarmedAt: at(2),
        recorded: ['access.begun'],
      },
      endWish: { why: 'revoked', by: toPerson(CAST.alice), reason: 'stolen', at: at(1) },
      extension: {
        approvalId: 'g1-2',
        until: at(8),
        reason: 'more',
        requestedAt: at(1),
        from: at(4),
        approvedAt: at(1),
      },
      recording: { key: 'access.ended', at: at(1) },
    });
    await grants.create(whole, [aHost('apim-2'), aHost('apim-1')]);
    expect(await grants.find('g1')).toEqual(whole);
    expect(await grants.hosts('g1')).toEqual([aHost('apim-1'), aHost('apim-2')]);
    expect(await grants.find('g2')).toBeUndefined();
    expect(await grants.hosts('g2')).toEqual([]);
  });

  it('keeps the first of two with the same id', async () => {
    await Promise.all([grants.create(aGrant('g1'), [aHost('apim-1')]), grants.create(aGrant('g1'), [aHost('apim-1')])]);
    await grants.create(aGrant('g1', { reason: 'another' }), [aHost('apim-9')]);
    expect((await grants.find('g1'))?.reason).not.toBe('another');
    expect(await grants.hosts('g1')).toHaveLength(1);
  });

  it('changes under a lock, so that of many one is the first', async () => {
    await grants.create(aGrant('g1', { state: 'ending' }), [aHost('apim-1')]);
    let firsts = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        grants.update('g1', (found) => {
          firsts += found.state === 'ending' ? 1 : 0;
          return { ...found, state: 'ended' };
        }),
      ),
    );
    expect(firsts).toBe(1);
    const again = Array.from({ length: 20 }, () =>
      grants.updateHost('g1', 'apim-1', (found) => ({ ...found, tries: found.tries + 1, triedAt: NOW })),
    );
    await Promise.all(again);
    expect(await grants.hosts('g1')).toEqual([{ ...aHost('apim-1'), tries: 20, triedAt: NOW }]);
  });

  it('leaves what a change throws at as it was', async () => {
    await grants.create(aGrant('g1'), [aHost('apim-1')]);
    const refuse = () => {
      throw new Error('no');
    };
    await expect(grants.update('g1', refuse)).rejects.toThrow('no');
    await expect(grants.update('g9', (found) => found)).rejects.toThrow('There is no grant g9.');
    await expect(grants.saveHost('g1', 'apim-9', { state: 'made' })).rejects.toThrow('has no host apim-9');
    expect((await grants.find('g1'))?.state).toBe('active');
  });

  it('finds what is open, the next to end first, by its index', async () => {
    const states = ['requested', 'granting', 'active', 'ending', 'ended', 'rejected', 'lapsed', 'withdrawn'] as const;
    for (const [index, state] of states.entries()) {
      await grants.create(aGrant(`g${index}`, { state, until: at(10 - index) }), []);
    }
    expect(idsOf(await grants.open())).toEqual(['g3', 'g2', 'g1']);
    expect(idsOf(await grants.unfinished())).toEqual(['g3', 'g2', 'g1', 'g0']);
    await grants.update('g2', (found) => ({ ...found, state: 'ended' }));
    await grants.update('g1', (found) => ({ ...found, until: at(0) }));
    expect(idsOf(await grants.open())).toEqual(['g1', 'g3']);
    const client = await store.pool.connect();
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query(
      `explain select doc from grants where state in ('granting', 'active', 'ending') order by until, id`,
    );
    client.release(true);
    expect(JSON.stringify(rows)).toContain('grants_open');
  });

  it('lists newest first by customer, environment, person, state', async () => {
    const dave = { ...toPerson(CAST.dave), accounts: ['T0ACME:U0DAVE', 'T0ACME:W0DAVE'] as const };
    await grants.create(aGrant('g1', { requestedAt: at(0) }), []);
    await grants.create(aGrant('g2', { requestedAt: at(1), customer: 'globex' }), []);
    await grants.create(aGrant('g3', { requestedAt: at(2), environment: 'dev', person: dave, state: 'ended' }), []);
    await grants.create(aGrant('g4', { requestedAt: at(3), endWish: { why: 'revoked', by: dave, at: NOW } }), []);
    const list = async (filter: Parameters<GrantStore['list']>[0]) => idsOf(await grants.list(filter));
    expect(await list({ customers: 'all' })).toEqual(['g4', 'g3', 'g2', 'g1']);
    expect(await list({ customers: ['acme'] })).toEqual(['g4', 'g3', 'g1']);
    expect(await list({ customers: [] })).toEqual([]);
    expect(await list({ customers: 'all', environment: 'dev' })).toEqual(['g3']);
    expect(await list({ customers: 'all', states: ['ended'] })).toEqual(['g3']);
    expect(await list({ customers: 'all', person: 'T0ACME:W0DAVE' })).toEqual(['g3']);
    expect(await list({ customers: 'all', person: 'T0ACME:U0DANA', limit: 2 })).toEqual(['g4', 'g2']);
    expect(await list({ customers: 'all', person: `T0ACME:U0DAN_` })).toEqual([]);
    expect(await list({ customers: 'all', limit: 1 })).toEqual(['g4']);
  });

  it('finds who else uses a key, and nobody by a part of it', async () => {
    await grants.create(aGrant('g1'), []);
    await grants.create(aGrant('g2', { wish: { kinds: ['dashboard'] }, reason: DANAS_KEY }), []);
    expect(idsOf(await grants.withKey(DANAS_KEY))).toEqual(['g1']);
    expect(await grants.withKey(DANAS_KEY.slice(0, -1))).toEqual([]);
    expect(await grants.withKey('%')).toEqual([]);
  });
});
