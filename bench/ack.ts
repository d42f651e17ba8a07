import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BotProcess, startBotProcess } from '../sandbox/bot-process.ts';
import { generateKeyPair } from '../sandbox/hosts/ssh-keys.ts';
import { type Slack, startSlack } from '../sandbox/slack/start-slack.ts';
import { readSlackManifest } from '../sandbox/slack-manifest.ts';
import { type LoadResult, runLoad } from './ack/load.ts';
import { type LoadHosts, writeLoadConfig } from './ack/load-config.ts';
import { percentiles } from './ack/percentiles.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    hosts: { type: 'string', default: '200' },
  },
});
const load = { perSecond: Number(values.rate), seconds: Number(values.seconds) };
const STATUS_EVERY_MS = 5_000;

const directory = mkdtempSync(join(tmpdir(), 'msops-bench-'));
mkdirSync(join(directory, 'data'));
const stops: (() => Promise<unknown> | unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
try {
  const bare = await measure(await startBare(), undefined);
  const idle = await measure(await startMsops(), undefined);
  const busy = await measure(await startMsops(), STATUS_EVERY_MS);
  console.log(
    `${load.perSecond} commands/s for ${load.seconds} s; ack in ms; ratio to the bare Bolt app in this run\n`,
  );
  report('bare Bolt app: ack and respond', bare, bare);
  report('msops', idle, bare);
  report(`msops, ${values.hosts} hosts polled every ${STATUS_EVERY_MS / 1_000} s`, busy, bare);
} finally {
  await stopAll();
}

interface Subject {
  readonly slack: Slack;
  readonly bot: BotProcess;
}

async function measure({ slack, bot }: Subject, statusEveryMs: number | undefined): Promise<LoadResult> {
  // The first command of a process compiles code paths; it is not what 200 a second feel.
  await runLoad({ slack, pid: bot.pid, perSecond: 20, seconds: 1, statusEveryMs });
  const result = await runLoad({ slack, pid: bot.pid, ...load, statusEveryMs });
  await stopAll(1);
  return result;
}

function report(what: string, { acks, refused, peakRssMiB, statusRuns }: LoadResult, bare: LoadResult): void {
  const { p50, p95, p99, max } = percentiles(acks);
  const ratio = (p99 / percentiles(bare.acks).p99).toFixed(1);
  console.log(what);
  console.log(`  acked ${acks.length}, refused ${refused}, status runs ${statusRuns}`);
  console.log(
    `  p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  p99 ${p99.toFixed(1)} (${ratio}x)  max ${max.toFixed(1)}`,
  );
  console.log(`  peak memory of the process ${peakRssMiB} MiB\n`);
}

async function startOwnSlack(): Promise<Slack> {
  const slack = await startSlack({ port: 0, transport: { mode: 'socket' }, ...readSlackManifest(), postLimit: false });
  stops.push(() => slack.stop());
  return slack;
}

async function startBare(): Promise<Subject> {
  const slack = await startOwnSlack();
  const entry = fileURLToPath(new URL('ack/bare-bolt.ts', import.meta.url));
  const bot = await startBotProcess({
    environment: slackEnvironment(slack),
    logFile: join(directory, 'bare.log'),
    entry,
  });
  stops.push(bot.stop);
  return { slack, bot };
}

async function startMsops(): Promise<Subject> {
  const slack = await startOwnSlack();
  const config = join(directory, 'msops.yml');
  writeLoadConfig(config, await startLoadHosts(Number(values.hosts)));
  const key = join(directory, 'key');
  writeFileSync(key, generateKeyPair().privatePem, { mode: 0o600 });
  const environment = {
    ...slackEnvironment(slack),
    SSH_PRIVATE_KEY_FILE: key,
    MSOPS_CONFIG: config,
    MSOPS_DATA_DIR: join(directory, 'data'),
  };
  const bot = await startBotProcess({ environment, logFile: join(directory, 'bot.log') });
  stops.push(bot.stop);
  return { slack, bot };
}

function slackEnvironment({ apiUrl, tokens }: Slack): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: tokens.bot, SLACK_APP_TOKEN: tokens.app };
}

function startLoadHosts(count: number): Promise<LoadHosts> {
  const child = fork(fileURLToPath(new URL('ack/hosts-process.ts', import.meta.url)), [String(count)]);
  stops.push(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once('message', (hosts) => resolve(hosts as LoadHosts));
    child.once('exit', (code) => reject(new Error(`The hosts of the bench ended with ${code}`)));
  });
}

/** In the order in which things were started, from the end. @param keep so many of the first stay. */
async function stopAll(keep = 0): Promise<void> {
  for (const stop of stops.splice(keep).reverse()) {
    await stop();
  }
}
