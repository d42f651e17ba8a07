import { createDbosEngine } from '../../../../src/adapters/engine/dbos-engine.ts';
import { createInbox } from '../../../../src/adapters/store/inbox.ts';
import { createReplicas } from '../../../../src/adapters/store/replicas.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

/**
 * One replica as a process of its own, which can be killed and frozen. It writes what it does into the table `diary`
 * and waits in step 2 and with its interaction until its name is in the table `go`.
 */
const [name = '', databaseUrl = '', task = ''] = process.argv.slice(2);
const store = await openTestStore(new Secret(databaseUrl));
const { warn, ...logger } = createRecordingLogger();
const diary = (what: string) => store.pool.query('insert into diary (who, what) values ($1, $2)', [name, what]);
const mayGo = () =>
  until('the word to go', async () => {
    const { rowCount } = await store.pool.query('select from go where who = $1', [name]);
    return rowCount;
  });

const loudLogger = {
  ...logger,
  warn: (message: string, fields?: Record<string, unknown>) => {
    warn(message, fields);
    void diary(`warned: ${fields?.entry ?? message}`);
  },
  child: () => loudLogger,
};
const replicas = createReplicas({ store, logger: loudLogger, settings: { beatEveryMs: 100, deadAfterMs: 1_000 } });
const inbox = createInbox(store, replicas);
const engine = createDbosEngine({ store, replicas, logger: loudLogger });

engine.register({
  name: 'rollout',
  async run(_input, context) {
    for (const step of [1, 2, 3]) {
      await context.step(`step ${step}`, async () => {
        await diary(`begins step ${step}`);
        if (step === 2) {
          await mayGo();
        }
        await diary(`ends step ${step}`);
      });
    }
  },
});

async function work(id: string): Promise<void> {
  if (await inbox.begin(id)) {
    await diary(`begins ${id}`);
    await mayGo();
    await inbox.finish(id, name === 'B' ? 'done' : 'failed');
    await diary(`ends ${id}`);
  }
}

replicas.onTakeOver(async () => {
  for (const { id, attempts } of await inbox.takeOver()) {
    await diary(`takes over ${id} after ${attempts}`);
    void work(id);
  }
});
await replicas.start();
await engine.launch();
if (task === 'work') {
  await engine.start('rollout', { id: 'rollout-1', input: {} });
  await inbox.accept({ id: 'i-1', kind: 'command', payload: {} });
  void work('i-1');
}
await diary('is up');
