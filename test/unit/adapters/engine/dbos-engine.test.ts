import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDbosEngine } from '../../../../src/adapters/engine/dbos-engine.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createReplicas } from '../../../../src/adapters/store/replicas.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';
import { describeEngineContract } from './engine-contract.ts';

let store: Store;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
});
afterAll(() => store.close());

/** Workflow ids are used again from test to test; migrating DBOS's tables each time would take long. */
async function forgetWorkflows(): Promise<void> {
  const { rows } = await store.pool.query<{ tables: string | null }>(
    `select string_agg('dbos.' || tablename, ', ') as tables from pg_tables
     where schemaname = 'dbos' and tablename <> 'dbos_migrations'`,
  );
  await store.pool.query(rows[0]?.tables ? `truncate ${rows[0].tables}` : 'select');
}

const openEngine = async () => {
  await forgetWorkflows();
  const logger = createRecordingLogger();
  const replicas = createReplicas({ store, logger });
  await replicas.start();
  const engine = createDbosEngine({ store, replicas, logger, drainMs: 2_000 });
  return { engine, logger, replicas, close: replicas.stop };
};

describeEngineContract('createDbosEngine', openEngine);

describe('createDbosEngine on the store', () => {
  const statusOf = async (id: string) => {
    const { rows } = await store.pool.query('select status from dbos.workflow_status where workflow_uuid = $1', [id]);
    return rows[0]?.status;
  };

  it('leaves what waits to others when it shuts down, and fails nothing', async () => {
    const { engine, close } = await openEngine();
    const outcomes: string[] = [];
    engine.register({
      name: 'wait',
      async run(_input, context) {
        await context.receive('never', 200).then(
          () => outcomes.push('went on'),
          () => outcomes.push('failed'),
        );
      },
    });
    await engine.launch();
    await engine.start('wait', { id: 'waiting', input: {} });

    await engine.shutdown();
    await close();
    // Nothing may happen when its time-out comes, so there is nothing to poll for.
    await delay(400);

    expect(outcomes).toEqual([]);
    expect(await statusOf('waiting')).toBe('PENDING');
  });

  it('lets the step in flight end before it shuts down, and begins no other', async () => {
    const { engine, close } = await openEngine();
    const seen: string[] = [];
    let finish = () => {};
    engine.register({
      name: 'steps',
      async run(_input, context) {
        await context.step('first', async () => {
          seen.push('begun');
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          seen.push('ended');
        });
        await context.step('second', async () => void seen.push('second'));
      },
    });
    await engine.launch();
    await engine.start('steps', { id: 'stepping', input: {} });
    await until('the step begins', () => seen.length > 0);

    const shutdown = engine.shutdown();
    finish();
    await shutdown;
    await close();

    expect(seen).toEqual(['begun', 'ended']);
    expect(await statusOf('stepping')).toBe('PENDING');
  });

  it('removes what ended long ago and keeps the rest', async () => {
    const { engine, close } = await openEngine();
    engine.register({ name: 'quick', run: async () => {} });
    engine.register({ name: 'wait', run: async (_input, context) => void (await context.receive('never', 600_000)) });
    await engine.launch();
    for (const id of ['old', 'new']) {
      await engine.start('quick', { id, input: {} });
      await until(`${id} is done`, async () => (await engine.state(id)) === 'done');
    }
    await engine.start('wait', { id: 'open', input: {} });
    await store.pool.query(`update dbos.workflow_status set completed_at = 1000 where workflow_uuid = 'old'`);
    await store.pool.query(`update dbos.workflow_status set created_at = 1000 where workflow_uuid = 'open'`);

    const removed = await engine.removeFinished(new Date(Date.now() - 3_600_000));

    expect(removed).toBe(1);
    expect([await statusOf('old'), await statusOf('new'), await statusOf('open')]).toEqual([
      undefined,
      'SUCCESS',
      'PENDING',
    ]);
    await engine.shutdown();
    await close();
  });

  it('says nothing above debug when all is well', async () => {
    const { engine, close, logger } = await openEngine();
    engine.register({ name: 'quick', run: async () => {} });
    await engine.launch();
    await engine.start('quick', { id: 'quiet', input: {} });
    await until('it is done', async () => (await engine.state('quiet')) === 'done');
    await engine.shutdown();
    await close();

    expect(logger.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
  });
});
