import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type BotProcess, startBotProcess } from '../../sandbox/bot-process.ts';
import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';
import { readSlackManifest } from '../../sandbox/slack-manifest.ts';
import { startEmbeddedPostgres } from '../../src/adapters/store/embedded/embedded-postgres.ts';
import type { Rollout, RolloutHost } from '../../src/services/rollouts/rollout.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { until } from '../support/until.ts';
import { keyFile } from './fleet.ts';
import { rolloutMsopsYml } from './rollout-yml.ts';

/** The bot as a process that can be killed, its store outside of it, and the two people of a rollout. */
export interface RolloutBot {
  readonly slack: Slack;
  /** Has alice ask for it and carol approve. Resolves with the id of the rollout. */
  roll(command: string): Promise<string>;
  rollout(id: string): Promise<Rollout>;
  hosts(id: string): Promise<readonly RolloutHost[]>;
  ended(id: string, timeoutMs: number): Promise<Rollout>;
  /** Resolves when it is up again. @param what `machine`: its store dies with it, without a word. */
  kill(what: 'bot' | 'machine'): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

const CHANNEL = 'acme-ops';
const OPEN: readonly Rollout['state'][] = ['awaiting_approval', 'waiting', 'running', 'paused'];

export async function startRolloutBot(): Promise<RolloutBot> {
  const directory = mkdtempSync(join(tmpdir(), 'msops-fleet-rollout-'));
  chmodSync(directory, 0o755); // For the account that runs the database of root's.
  writeFileSync(join(directory, 'msops.yml'), rolloutMsopsYml());
  const server = await startEmbeddedPostgres({ directory: join(directory, 'data'), logger: createRecordingLogger() });
  const database = new pg.Pool({ ...(await server.connectTo('msops')), max: 3 });
  database.on('error', () => undefined); // The store is killed on purpose.
  const slack = await startSlack({ port: 0, transport: { mode: 'socket' }, ...readSlackManifest() });
  const logFile = (run: number) => join(directory, `bot-${run}.log`);
  let runs = 0;
  let bot = await start();

  function start(): Promise<BotProcess> {
    runs += 1;
    return startBotProcess({
      logFile: logFile(runs),
      environment: {
        PATH: process.env.PATH ?? '',
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: slack.tokens.bot,
        SLACK_APP_TOKEN: slack.tokens.app,
        SSH_PRIVATE_KEY_FILE: keyFile,
        MSOPS_CONFIG: join(directory, 'msops.yml'),
        DATABASE_URL: `postgresql://msops@localhost/msops?host=${encodeURIComponent(server.socketDirectory)}`,
        WSO2_UPDATE_USERNAME: 'fleet@example.com',
        WSO2_UPDATE_PASSWORD: 'k3yw0rd-of-the-fleet',
      },
    });
  }

  /** While the store recovers nobody knows. */
  async function docs<T>(query: string, values: readonly string[]): Promise<readonly T[]> {
    let rows: readonly { doc: string }[] = [];
    await until('the store to answer', async () => {
      const answered = await database.query<{ doc: string }>(query, [...values]).catch(() => undefined);
      rows = answered?.rows ?? [];
      return answered !== undefined;
    });
    return rows.map(({ doc }) => JSON.parse(doc) as T);
  }

  const rollouts = () => docs<Rollout>('select doc from rollouts order by created_at', []);
  const rollout = async (id: string) => (await docs<Rollout>('select doc from rollouts where id = $1', [id]))[0]!;
  const card = () =>
    slack
      .seenBy('carol', CHANNEL)
      .messages.findLast(({ blocks }) => JSON.stringify(blocks).includes('approval.approve'));

  return {
    slack,
    rollout,
    async roll(command) {
      const known = (await rollouts()).length;
      await slack.human.say('alice', CHANNEL, command);
      await until(
        `a rollout by ${command}`,
        async () => (await rollouts()).length > known && card() !== undefined,
        60_000,
      );
      await slack.human.click('carol', { channel: CHANNEL, ts: card()!.ts }, 'Approve');
      return (await rollouts()).at(-1)!.id;
    },
    hosts: (id) => docs<RolloutHost>('select doc from rollout_hosts where rollout = $1 order by wave, host', [id]),
    async ended(id, timeoutMs) {
      await until(`rollout ${id} to end`, async () => !OPEN.includes((await rollout(id)).state), timeoutMs);
      return rollout(id);
    },
    async kill(what) {
      process.kill(bot.pid, 'SIGKILL');
      if (what === 'machine') {
        const written = readFileSync(join(directory, 'data/postgres/data/postmaster.pid'), 'utf8');
        process.kill(Number.parseInt(written, 10), 'SIGKILL');
      }
      await bot.ended;
      bot = await start();
    },
    log: () => readFileSync(logFile(runs), 'utf8').split('\n').slice(-40).join('\n'),
    async stop() {
      await bot.stop();
      await slack.stop();
      await database.end();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
