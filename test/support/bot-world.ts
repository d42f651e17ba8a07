import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type BotProcess, startBotProcess } from '../../sandbox/bot-process.ts';
import { type RunningHosts, startHosts } from '../../sandbox/hosts/start-hosts.ts';
import { type Outward, startOutward } from '../../sandbox/outward.ts';
import { freePort } from '../../sandbox/ports.ts';
import type { Slack } from '../../sandbox/slack/start-slack.ts';
import { readSlackManifest } from '../../sandbox/slack-manifest.ts';
import { writeWorldConfig } from '../../sandbox/world-config.ts';
import { createApp } from '../../src/app.ts';
import { readEnv } from '../../src/config/env.ts';
import { changeConfig, type WrittenConfig } from './change-config.ts';
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy.ts';
import { createPatientHuman, type PatientHuman } from './patient-human.ts';
import { createTestDatabase } from './postgres.ts';
import { createRecordingLogger, type LogLine } from './recording-logger.ts';
import { startTestSlack, type TestSlackOptions } from './slack-app.ts';

export const MODES = ['http', 'socket'] as const;
export type Mode = (typeof MODES)[number];

/** What the bot stands between: a local Slack, the sandbox's hosts and a database of its own. */
export interface Surroundings {
  readonly slack: Slack;
  readonly human: PatientHuman;
  readonly hosts: RunningHosts;
  readonly database: pg.Pool;
  /** For the bot's files. */
  readonly directory: string;
  readonly configFile: string;
  readonly proxy: DatabaseProxy | undefined;
  readonly outward: Outward | undefined;
  /** What the bot is started with. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface SurroundingsOptions {
  readonly mode?: Mode;
  readonly slack?: TestSlackOptions;
  /** The bot reaches its database through `proxy`. */
  readonly isStoreProxied?: boolean;
  /** Changes what the sandbox writes into `msops.yml`. */
  readonly configure?: (config: WrittenConfig) => void;
  /** Starts the mail server, the AWS and the web pages, and configures receivers of alerts. */
  readonly isReached?: boolean;
  /** Of the bot's environment, beside what it needs. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startSurroundings({
  mode = 'socket',
  ...options
}: SurroundingsOptions = {}): Promise<Surroundings> {
  const directory = mkdtempSync(join(tmpdir(), 'msops-e2e-'));
  const hosts = await startHosts({ directory: join(directory, 'hosts') });
  const slack = await startTestSlack(mode, { ...readSlackManifest(), ...options.slack });
  const configFile = join(directory, 'msops.yml');
  const outward = options.isReached ? await startOutward({ directory }) : undefined;
  writeWorldConfig(configFile, hosts, { reach: outward?.reach });
  changeConfig(configFile, options.configure ?? (() => undefined));
  const databaseUrl = (await createTestDatabase(inject('postgresSocket'))).reveal();
  const database = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  const proxy = options.isStoreProxied ? await startDatabaseProxy(databaseUrl) : undefined;
  const environment = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SSH_PRIVATE_KEY_FILE: hosts.operatorKeyFile,
    MSOPS_CONFIG: configFile,
    DATABASE_URL: proxy?.url ?? databaseUrl,
    ...(await transportSettings(mode, slack)),
    ...(outward === undefined ? {} : { ...outward.environment, ...(await webSettings()) }),
    ...options.settings,
  };
  return {
    human: createPatientHuman(slack, mode),
    ...{ slack, hosts, database, directory, configFile, proxy, environment, outward },
    async stop() {
      await proxy?.close();
      await database.end();
      await slack.stop();
      await outward?.stop();
      await hosts.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function transportSettings(mode: Mode, slack: Slack): Promise<Record<string, string>> {
  if (mode === 'socket') {
    return { SLACK_MODE: mode, SLACK_APP_TOKEN: slack.tokens.app };
  }
  const port = await freePort();
  slack.setAppUrl(`http://127.0.0.1:${port}/slack/events`);
  return { SLACK_MODE: mode, SLACK_SIGNING_SECRET: slack.tokens.signingSecret, PORT: String(port) };
}

async function webSettings(): Promise<Record<string, string>> {
  const port = await freePort();
  return { WEB_PORT: String(port), WEB_URL: `http://127.0.0.1:${port}` };
}

/** The real bot, in this process. */
export interface BotWorld extends Surroundings {
  readonly log: readonly LogLine[];
  /** Reads `msops.yml` again. */
  reload(): void;
}

export async function startBotWorld(options?: SurroundingsOptions): Promise<BotWorld> {
  const surroundings = await startSurroundings(options);
  const logger = createRecordingLogger();
  const bot = await createApp(readEnv(surroundings.environment), logger);
  await bot.start();
  return {
    ...surroundings,
    log: logger.lines,
    reload: bot.reload,
    async stop() {
      await bot.stop();
      await surroundings.stop();
    },
  };
}

/** One replica as a process of its own, `node src/bot.ts`. Its log is in the directory of the surroundings. */
export function startReplica({ directory, environment }: Surroundings, name = 'bot'): Promise<BotProcess> {
  mkdirSync(directory, { recursive: true });
  const common = { PATH: process.env.PATH ?? '', HOME: directory };
  return startBotProcess({ environment: { ...common, ...environment }, logFile: join(directory, `${name}.log`) });
}
