import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { createLeases } from '../../../../src/adapters/store/leases.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../../../support/database-proxy.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

/** For those that lose it. */
const LASTS_MS = 900;
/** For those that must not: long enough for a busy machine to renew in time. */
const LASTS_LONG_MS = 4_500;
const HOLDER = new URL('../../../support/lease-holder.ts', import.meta.url).pathname;

describe('createLeases', () => {
  let databaseUrl: Secret;
  let stores: readonly [Store, Store];
  let events: string[];
  let proxy: DatabaseProxy;
  const stop = new Map<string, AbortController>();
  const leading: Promise<void>[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    databaseUrl = await createTestDatabase(inject('postgresSocket'));
    proxy = await startDatabaseProxy(databaseUrl.reveal());
    stores = await Promise.all([openTestStore(new Secret(proxy.url)), openTestStore(databaseUrl)]);
    events = [];
  });
  afterEach(async () => {
    proxy.restore();
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
    }
    stop.forEach((controller) => void controller.abort());
    await Promise.all(leading.splice(0));
    await Promise.all(stores.map((store) => store.close()));
    await proxy.close();
  });

  /** Works until it is told to end, and writes down both. */
  const untilTold =
    (owner: string) =>
    (signal: AbortSignal): Promise<void> => {
      events.push(`${owner} begins`);
      return new Promise((resolve) => {
        const end = () => {
          events.push(`${owner} ends`);
          resolve();
        };
        signal.aborted ? end() : signal.addEventListener('abort', end, { once: true });
      });
    };
  const lead = (owner: string, store: Store, { name = 'watch', work = untilTold(owner), lastsMs = LASTS_MS } = {}) => {
    const logger = createRecordingLogger();
    const leases = createLeases({ store, owner, clock: systemClock, logger, settings: { lastsMs } });
    const controller = new AbortController();
    stop.set(owner, controller);
    const led = leases.lead(name, work, controller.signal);
    leading.push(led);
    return { led, logger };
  };
  const happens = (event: string) => until(event, () => events.includes(event));
  const owners = async () => (await stores[1].pool.query('select owner from leases')).rows.map(({ owner }) => owner);
  const remainingMs = async () =>
    (await stores[1].pool.query('select 1000 * extract(epoch from until - clock_timestamp()) as ms from leases'))
      .rows[0]?.ms;

  it('lets one lead, for as long as it goes on', async () => {
    lead('one', stores[0], { lastsMs: LASTS_LONG_MS });
    await happens('one begins');
    lead('two', stores[1]);
    await until('a renewal is due', async () => Number(await remainingMs()) < 0.75 * LASTS_LONG_MS);
    await until('the renewal', async () => Number(await remainingMs()) > 0.9 * LASTS_LONG_MS);
    expect(events).toEqual(['one begins']);
    expect(await owners()).toEqual(['one']);
  });

  it('gives the lease back when it stops, so that another goes on at once', async () => {
    const { led } = lead('one', stores[0]);
    await happens('one begins');
    lead('two', stores[1]);
    await stores[1].pool.query(`update leases set until = until + interval '1 hour'`);
    stop.get('one')?.abort();
    await led;
    await happens('two begins');
    expect(events).toEqual(['one begins', 'one ends', 'two begins']);
  });

  it('waits for the end of the work before it gives the lease back', async () => {
    let finish: () => void = () => undefined;
    const { led } = lead('one', stores[0], {
      work: () =>
        new Promise<void>((resolve) => {
          events.push('one begins');
          finish = resolve;
        }),
    });
    await happens('one begins');
    stop.get('one')?.abort();
    expect(await Promise.race([led.then(() => 'given back'), owners()])).toEqual(['one']);
    finish();
    await led;
    expect(await owners()).toEqual([]);
  });

  it('knows names apart', async () => {
    lead('one', stores[0]);
    lead('two', stores[1], { name: 'another' });
    await happens('one begins');
    await happens('two begins');
  });

  it('begins again when the work ends or fails by itself', async () => {
    let terms = 0;
    const { logger } = lead('one', stores[0], {
      work: async () => {
        terms += 1;
        throw new Error('no route');
      },
    });
    await until('three terms', () => terms >= 3);
    expect(logger.lines.filter(({ level }) => level === 'error')[0]).toMatchObject({
      message: 'Work of the leader failed',
      fields: { lease: 'watch' },
    });
  });

  it('survives a moment without the store', async () => {
    const { logger } = lead('one', stores[0], { lastsMs: LASTS_LONG_MS });
    await happens('one begins');
    lead('two', stores[1]);
    proxy.cut();
    await until('a renewal fails', () => logger.lines.some(({ message }) => message === 'Lease not proved'));
    proxy.restore();
    await until('the next renewal', async () => Number(await remainingMs()) > 0.9 * LASTS_LONG_MS);
    expect(events).toEqual(['one begins']);
  });

  it.each(['holdAnswers', 'cut'] as const)(
    'tells its work before another begins when the store is gone (%s)',
    async (how) => {
      lead('one', stores[0]);
      await happens('one begins');
      lead('two', stores[1]);
      proxy[how]();
      await happens('two begins');
      expect(events).toEqual(['one begins', 'one ends', 'two begins']);
    },
  );

  it('tells its work at once when the lease is somebody else’s', async () => {
    lead('one', stores[0]);
    await happens('one begins');
    await stores[1].pool.query(`update leases set owner = 'two', until = now() + interval '1 hour'`);
    await happens('one ends');
    expect(await owners()).toEqual(['two']);
  });

  it('leads again after it was lost, once it is free', async () => {
    lead('one', stores[0]);
    await happens('one begins');
    await stores[1].pool.query(`update leases set owner = 'two', until = now() + interval '1 second'`);
    await until('a second term', () => events.join() === 'one begins,one ends,one begins');
  });

  it('stops though the store does not answer', async () => {
    const { led } = lead('one', stores[0]);
    await happens('one begins');
    proxy.holdAnswers();
    stop.get('one')?.abort();
    await led;
    expect(events).toEqual(['one begins', 'one ends']);
  });

  it('is taken from a process that is frozen, which is told by its own clock when it wakes up', async () => {
    const child = spawn(process.execPath, [HOLDER, databaseUrl.reveal(), 'frozen', String(LASTS_MS)]);
    children.push(child);
    createInterface({ input: child.stdout }).on('line', (line) => events.push(`frozen ${line}`));
    await happens('frozen begun');
    lead('two', stores[1]);
    child.kill('SIGSTOP');
    await happens('two begins');
    child.kill('SIGCONT');
    await happens('frozen ended');
    expect(events).toEqual(['frozen begun', 'two begins', 'frozen ended']);
    expect(await owners()).toEqual(['two']);
  });
});
