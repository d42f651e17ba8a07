import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { type RunningHosts, startHosts, type WorldControl } from './hosts/start-hosts.ts';
import { createMailbox, type Mailbox } from './mail/mailbox.ts';
import { inOrder, mailsOfAws, onMailOfAws } from './mail/mails-of-aws.ts';
import { type Outward, startOutward } from './outward.ts';
import { freePort } from './ports.ts';
import type { Human } from './slack/human/human.ts';
import { createPageHandler } from './slack/page/page-handler.ts';
import { type Slack, startSlack } from './slack/start-slack.ts';
import { readSlackManifest } from './slack-manifest.ts';
import { writeWorldConfig } from './world-config.ts';

export interface SandboxOptions {
  /** Of the page and of Slack's API; 0 for any free port. */
  readonly port: number;
  readonly transport: 'socket' | 'http';
  /** For the hosts, the configuration, the database and the log. */
  readonly directory: string;
  /** Slack's three seconds for an ack and for a trigger, longer where a busy machine would miss them. Milliseconds. */
  readonly slackDeadlineMs?: number | undefined;
  /** Whether the bot watches production by itself. */
  readonly isWatched?: boolean | undefined;
  /** Told before each part starts. */
  onProgress?(what: string): void;
}

/** Everything at once: customers' hosts, a Slack with its page, and the real bot between them. */
export interface Sandbox {
  /** Of the page. */
  readonly url: string;
  readonly human: Human;
  readonly slack: Slack;
  readonly control: WorldControl;
  readonly outward: Outward;
  /** Everything that left the bot beside Slack; the page shows it. */
  readonly mailbox: Mailbox;
  readonly bot: BotProcess;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** @throws {BotStartError} when the bot does not start; the system's error when the port is taken. */
export async function runSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { directory } = options;
  mkdirSync(directory, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) {
      await end();
    }
  };
  try {
    options.onProgress?.("Starting the customers' hosts");
    const hosts = await startHosts({ directory: join(directory, 'hosts') });
    stops.push(hosts.stop);
    const mailbox = createMailbox();
    const outward = await startOutward({ directory, mailbox });
    stops.push(outward.stop);
    const slack = await startSlackWithPage(options, { hosts, mailbox, outward });
    stops.push(slack.stop);
    const configFile = join(directory, 'msops.yml');
    const { isWatched } = options;
    writeWorldConfig(configFile, hosts, isWatched ? { isWatched, reach: outward.reach } : {});
    options.onProgress?.('Starting the bot (the first time its database is made)');
    const logFile = join(directory, 'bot.log');
    const environment = await botEnvironment({ options, slack, hosts, outward, configFile });
    const bot = await startBotProcess({ environment, logFile });
    stops.push(bot.stop);
    const { url, human } = slack;
    return { url, human, slack, control: hosts.control, outward, mailbox, bot, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Shown {
  readonly hosts: RunningHosts;
  readonly mailbox: Mailbox;
  readonly outward: Outward;
}

async function startSlackWithPage(options: SandboxOptions, shown: Shown): Promise<Slack> {
  const { hosts, mailbox, outward } = shown;
  const { port, transport, slackDeadlineMs: deadline } = options;
  const deadlines = deadline === undefined ? {} : { ackTimeoutMs: deadline, triggerTtlMs: deadline };
  const page = createPageHandler({
    seenBy: (as, channel) => slack.seenBy(as, channel),
    mails: () => inOrder([...mailbox.mails(), ...mailsOfAws(outward.aws)]),
    mailFaults: outward.mailServer.faults,
    mailDomain: outward.mailDomain,
    hosts,
  });
  const slack = await startSlack({ port, transport: { mode: transport }, ...readSlackManifest(), ...deadlines, page });
  mailbox.onMail(() => slack.world.changed());
  onMailOfAws(outward.aws, () => slack.world.changed());
  return slack;
}

interface BotSurroundings {
  readonly options: SandboxOptions;
  readonly slack: Slack;
  readonly hosts: RunningHosts;
  readonly outward: Outward;
  readonly configFile: string;
}

/** Nothing of our own environment but what every program needs. */
async function botEnvironment(around: BotSurroundings): Promise<Record<string, string>> {
  const { options, slack, hosts, outward, configFile } = around;
  const { PATH = '', HOME = '', TZ } = process.env;
  const common = {
    PATH,
    HOME,
    ...(TZ === undefined ? {} : { TZ }),
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SSH_PRIVATE_KEY_FILE: hosts.operatorKeyFile,
    WSO2_UPDATE_USERNAME: 'ops@meridian.example',
    WSO2_UPDATE_PASSWORD: 'known-to-nobody',
    MSOPS_CONFIG: configFile,
    MSOPS_DATA_DIR: join(options.directory, 'data'),
    ...outward.environment,
    ...(await webSettings()),
  };
  if (options.transport === 'socket') {
    return { ...common, SLACK_MODE: 'socket', SLACK_APP_TOKEN: slack.tokens.app };
  }
  const port = await freePort();
  slack.setAppUrl(`http://127.0.0.1:${port}/slack/events`);
  return { ...common, SLACK_MODE: 'http', SLACK_SIGNING_SECRET: slack.tokens.signingSecret, PORT: String(port) };
}

async function webSettings(): Promise<Record<string, string>> {
  const port = await freePort();
  return { WEB_PORT: String(port), WEB_URL: `http://127.0.0.1:${port}` };
}
