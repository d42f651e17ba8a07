import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { ownIdentity } from '../../../../src/adapters/store/process-identity.ts';
import { createReplicas, type Replicas } from '../../../../src/adapters/store/replicas.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

const QUICK = { beatEveryMs: 20, deadAfterMs: 1_000 };

describe('createReplicas', () => {
  let store: Store;
  const started: Replicas[] = [];

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate replicas'));
  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ stop }) => stop()));
  });

  const aReplica = (logger = createRecordingLogger()) => {
    const replicas = createReplicas({ store, logger, settings: QUICK });
    started.push(replicas);
    return replicas;
  };
  const ids = async () => (await store.pool.query('select id from replicas')).rows.map(({ id }) => id);
  const seen = async (id: string) =>
    (await store.pool.query('select seen from replicas where id = $1', [id])).rows[0]?.seen.getTime();

  it('has a new id in every process and at every start', () => {
    expect(aReplica().id).not.toBe(aReplica().id);
  });

  it('beats from the start on, by the clock of the database', async () => {
    const replica = aReplica();
    await replica.start();
    const first = await seen(replica.id);

    await until('the next beat', async () => (await seen(replica.id)) > first);
  });

  it('is gone from the list after a clean stop', async () => {
    const replica = aReplica();
    await replica.start();
    await replica.stop();

    expect(await ids()).toEqual([]);
  });

  it('looks for work to take over at the start and after every beat', async () => {
    const replica = aReplica();
    let rounds = 0;
    replica.onTakeOver(async () => {
      rounds += 1;
    });
    await replica.start();
    expect(rounds).toBe(1);

    await until('three rounds', () => rounds >= 3);
  });

  it('goes on beating and taking over when a take-over throws', async () => {
    const logger = createRecordingLogger();
    const replica = aReplica(logger);
    let others = 0;
    replica.onTakeOver(() => Promise.reject(new Error('deadlock')));
    replica.onTakeOver(async () => {
      others += 1;
    });
    await replica.start();

    await until('the other is called twice', () => others >= 2);
    expect(logger.lines[0]).toMatchObject({ level: 'error', message: 'Take-over failed' });
  });

  it('drops a process of this machine that was killed at once, and nobody else', async () => {
    const child = spawn('sleep', ['60']);
    const { machine } = ownIdentity();
    const insert = `insert into replicas (id, machine, pid, started_at) values ($1, $2, $3, $4)`;
    await store.pool.query(insert, ['killed', machine, child.pid, '']);
    await store.pool.query(insert, ['pid used again', machine, process.pid, '1']);
    await store.pool.query(insert, ['elsewhere', 'another machine', child.pid, '']);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const replica = aReplica();
    await replica.start();

    expect((await ids()).toSorted()).toEqual(['elsewhere', replica.id].toSorted());
  });

  it('judges nobody right after it could not beat itself', async () => {
    const logger = createRecordingLogger();
    const replica = aReplica(logger);
    let rounds = 0;
    replica.onTakeOver(async () => {
      rounds += 1;
    });
    await replica.start();
    await store.pool.query('alter table replicas rename to replicas_away');
    await until('half of the time to death without a beat', () => {
      const failed = logger.lines.filter(({ message }) => message === 'Heartbeat failed');
      return failed.length * QUICK.beatEveryMs > QUICK.deadAfterMs;
    });
    const before = rounds;
    const from = performance.now();
    await store.pool.query('alter table replicas_away rename to replicas');

    await until('it judges again', () => rounds > before);
    expect(performance.now() - from).toBeGreaterThan(QUICK.deadAfterMs * 0.9);
  });
});
