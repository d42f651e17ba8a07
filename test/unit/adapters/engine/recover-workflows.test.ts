import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDbosEngine, type DbosEngine } from '../../../../src/adapters/engine/dbos-engine.ts';
import { recoverWorkflows } from '../../../../src/adapters/engine/recover-workflows.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createReplicas, type Replicas } from '../../../../src/adapters/store/replicas.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

let store: Store;
let replicas: Replicas;
let engine: DbosEngine;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  const logger = createRecordingLogger();
  replicas = createReplicas({ store, logger, settings: { beatEveryMs: 3_600_000, deadAfterMs: 20_000 } });
  engine = createDbosEngine({ store, replicas, logger });
  engine.register({ name: 'wait', run: async (_input, context) => void (await context.receive('never', 600_000)) });
  await replicas.start();
  await engine.launch();
});
afterAll(async () => {
  await engine.shutdown();
  await replicas.stop();
  await store.close();
});

const ownerOf = async (id: string) => {
  const { rows } = await store.pool.query('select executor_id from dbos.workflow_status where workflow_uuid = $1', [
    id,
  ]);
  return rows[0]?.executor_id;
};

it('takes the unfinished workflows of dead replicas, and of nobody else', async () => {
  const beat = `insert into replicas (id, machine, pid, started_at, seen) values ($1, 'elsewhere', 1, '', now() - $2 * interval '1 second')`;
  await store.pool.query(beat, ['alive', 19]);
  await store.pool.query(beat, ['silent', 21]);
  for (const owner of ['alive', 'silent', 'vanished', 'finished']) {
    await engine.start('wait', { id: `of-${owner}`, input: {} });
    await store.pool.query('update dbos.workflow_status set executor_id = $1 where workflow_uuid = $2', [
      owner,
      `of-${owner}`,
    ]);
  }
  await store.pool.query(`update dbos.workflow_status set status = 'SUCCESS' where workflow_uuid = 'of-finished'`);

  await Promise.all([recoverWorkflows(store, replicas), recoverWorkflows(store, replicas)]);

  await until('ours', async () => (await ownerOf('of-silent')) === replicas.id);
  await until('ours', async () => (await ownerOf('of-vanished')) === replicas.id);
  expect(await ownerOf('of-alive')).toBe('alive');
  expect(await ownerOf('of-finished')).toBe('finished');
});
