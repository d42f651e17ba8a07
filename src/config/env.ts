import * as z from 'zod';
import { count } from '../domain/count.ts';
import { SetupError } from '../domain/errors.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import { nearest } from '../domain/nearest.ts';
import { Secret } from '../domain/secret.ts';
import { ENV_SETTINGS, type EnvSettingName } from './env-settings.ts';
import { type CollectedSettings, collectSettings, type EnvProblem, type EnvSource } from './env-sources.ts';
import { createNamedSecrets } from './named-secrets.ts';

/** The process environment, checked. Secrets show themselves nowhere. */
export interface Env {
  readonly slack: SlackSettings;
  readonly ssh: SshSettings;
  readonly configFile: string;
  readonly dataDir: string;
  /** `undefined`: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: Secret | undefined;
  /** For the WSO2 update tool; `undefined`: products cannot be updated. */
  readonly updateCredentials: UpdateCredentials | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly healthPort: number | undefined;
  /** Those that `msops.yml` calls by a name. */
  readonly secrets: NamedSecrets;
  /** `undefined`: no web pages, no webhooks and no metrics. */
  readonly web: WebSettings | undefined;
  /** Instead of Amazon's own addresses. */
  readonly awsEndpointUrl: string | undefined;
  /** `address` or `address:port`; `undefined`: those of the machine. */
  readonly dnsServers: readonly string[] | undefined;
}

export interface WebSettings {
  readonly host: string;
  readonly port: number;
  /** How people's browsers reach it, without / at the end. */
  readonly url: string;
}

export type SlackSettings = { readonly botToken: Secret; readonly apiUrl: string } & (
  | { readonly mode: 'socket'; readonly appToken: Secret }
  | { readonly mode: 'http'; readonly signingSecret: Secret; readonly port: number }
);

/** At least one of key and agent. */
export interface SshSettings {
  readonly privateKey: Secret | undefined;
  readonly passphrase: Secret | undefined;
  readonly agentSocket: string | undefined;
}

/** Of the account at WSO2 whose subscription the updates come from. */
export interface UpdateCredentials {
  readonly username: Secret;
  readonly password: Secret;
}

const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535);
const ApiUrl = z.url({ protocol: /^https?$/ }).transform((url) => (url.endsWith('/') ? url : `${url}/`));
/** Sign-in links and cookies go over it, so it is https but for this machine. */
const WebUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => {
    const { protocol, hostname, pathname, search } = new URL(URL.canParse(url) ? url : 'none:');
    const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
    return (protocol === 'https:' || isLocal) && pathname === '/' && search === '';
  })
  .transform((url) => (URL.canParse(url) ? new URL(url).origin : url));
const DnsServer = z.string().regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-fA-F:]+\])(?::\d{1,5})?$/);
const DnsServers = z.preprocess((value) => String(value).split(/\s*,\s*/), z.array(DnsServer).min(1));
const secretLike = (pattern: RegExp) =>
  z
    .string()
    .regex(pattern)
    .transform((value) => new Secret(value));

const Variables = z.object({
  SLACK_BOT_TOKEN: secretLike(/^xoxb-\S+$/).optional(),
  SLACK_APP_TOKEN: secretLike(/^xapp-\S+$/).optional(),
  SLACK_SIGNING_SECRET: secretLike(/^\S+$/).optional(),
  SLACK_MODE: z.enum(['socket', 'http']).default('socket'),
  PORT: Port.default(3000),
  SLACK_API_URL: ApiUrl.default('https://slack.com/api/'),
  MSOPS_CONFIG: z.string().default('msops.yml'),
  MSOPS_DATA_DIR: z.string().default('.msops'),
  DATABASE_URL: secretLike(/^postgres(?:ql)?:\/\/\S+$/).optional(),
  SSH_PRIVATE_KEY: secretLike(/^-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n/).optional(),
  SSH_AUTH_SOCK: z.string().optional(),
  SSH_PRIVATE_KEY_PASSPHRASE: secretLike(/^[\s\S]+$/).optional(),
  WSO2_UPDATE_USERNAME: secretLike(/^\P{Cc}+$/u).optional(),
  WSO2_UPDATE_PASSWORD: secretLike(/^\P{Cc}+$/u).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  HEALTH_PORT: Port.optional(),
  WEB_URL: WebUrl.optional(),
  WEB_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  WEB_PORT: Port.default(8080),
  AWS_ENDPOINT_URL: z.url({ protocol: /^https?$/ }).optional(),
  DNS_SERVERS: DnsServers.optional(),
  NODE_ENV: z.string().default('development'),
} satisfies Record<EnvSettingName, z.ZodType>);
type Variables = z.infer<typeof Variables>;

/**
 * Called once, by the entry, with `process.env`. Nothing else in src/ reads the process environment.
 *
 * @throws {SetupError} that lists every missing or wrong setting, by name and rule and never with a value.
 */
export function readEnv(source: EnvSource): Env {
  const collected = collectSettings(source);
  const parsed = Variables.safeParse(collected.values);
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0] as EnvSettingName).map(brokenRule);
  const problems = [...collected.problems, ...wrong, ...foreignApi(collected), ...missing(collected, source)];
  const env = parsed.success && problems.length === 0 ? toEnv(parsed.data, source) : undefined;
  if (env === undefined) {
    throw new SetupError(describeProblems(problems));
  }
  return env;
}

function toEnv(variables: Variables, source: EnvSource): Env | undefined {
  const slack = toSlackSettings(variables);
  return (
    slack && {
      slack,
      ssh: {
        privateKey: variables.SSH_PRIVATE_KEY,
        passphrase: variables.SSH_PRIVATE_KEY_PASSPHRASE,
        agentSocket: variables.SSH_AUTH_SOCK,
      },
      configFile: variables.MSOPS_CONFIG,
      dataDir: variables.MSOPS_DATA_DIR,
      databaseUrl: variables.DATABASE_URL,
      updateCredentials: toUpdateCredentials(variables),
      logLevel: variables.LOG_LEVEL,
      healthPort: variables.HEALTH_PORT,
      secrets: createNamedSecrets(source),
      web: toWebSettings(variables),
      awsEndpointUrl: variables.AWS_ENDPOINT_URL,
      dnsServers: variables.DNS_SERVERS,
    }
  );
}

function toSlackSettings(variables: Variables): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = variables;
  const { SLACK_MODE: mode, SLACK_API_URL: apiUrl, PORT: port } = variables;
  if (botToken && mode === 'socket' && appToken) {
    return { botToken, apiUrl, mode, appToken };
  }
  return botToken && mode === 'http' && signingSecret ? { botToken, apiUrl, mode, signingSecret, port } : undefined;
}

function toUpdateCredentials(variables: Variables): UpdateCredentials | undefined {
  const { WSO2_UPDATE_USERNAME: username, WSO2_UPDATE_PASSWORD: password } = variables;
  return username && password && { username, password };
}

function toWebSettings({ WEB_URL: url, WEB_HOST: host, WEB_PORT: port }: Variables): WebSettings | undefined {
  return url === undefined ? undefined : { url, host, port };
}

/** Name and password are of use together only. */
const TOGETHER: Readonly<Partial<Record<EnvSettingName, EnvSettingName>>> = {
  WSO2_UPDATE_USERNAME: 'WSO2_UPDATE_PASSWORD',
  WSO2_UPDATE_PASSWORD: 'WSO2_UPDATE_USERNAME',
};

function missing({ values, problems }: CollectedSettings, source: EnvSource): EnvProblem[] {
  const mode = values.SLACK_MODE === 'http' ? 'in HTTP mode' : 'in Socket Mode';
  const hasKey = values.SSH_PRIVATE_KEY !== undefined || values.SSH_AUTH_SOCK !== undefined;
  const needed = ENV_SETTINGS.filter(({ name, required }) => {
    const other = TOGETHER[name];
    const isHalf = other !== undefined && values[other] !== undefined;
    const isNeeded = required === 'yes' || required === mode || isHalf || (name === 'SSH_PRIVATE_KEY' && !hasKey);
    return isNeeded && values[name] === undefined && !problems.some((known) => known.name === name);
  });
  return needed.map(({ name, purpose }) => {
    const or = name === 'SSH_PRIVATE_KEY' ? ' (or set SSH_AUTH_SOCK)' : '';
    return { name, problem: `missing${misspelled(name, source)}; ${purpose}${or}` };
  });
}

function misspelled(name: EnvSettingName, source: EnvSource): string {
  const known = new Set<string>(ENV_SETTINGS.flatMap((setting) => [setting.name, `${setting.name}_FILE`]));
  const similar = nearest(
    name,
    Object.keys(source).filter((key) => key.includes('_') && !known.has(key)),
  );
  return similar === undefined ? '' : ` (misspelled as ${similar}?)`;
}

/** A bot that is busy for customers gives its tokens to Slack only. */
function foreignApi({ values }: CollectedSettings): EnvProblem[] {
  const { SLACK_API_URL: apiUrl, NODE_ENV: nodeEnv } = values;
  if (nodeEnv !== 'production' || apiUrl === undefined || !URL.canParse(apiUrl)) {
    return [];
  }
  const { protocol, hostname } = new URL(apiUrl);
  return protocol === 'https:' && SLACK_HOST.test(hostname) ? [] : [brokenRule('SLACK_API_URL')];
}

function brokenRule(name: EnvSettingName): EnvProblem {
  const setting = ENV_SETTINGS.find((known) => known.name === name);
  return { name, problem: `wrong; ${setting?.purpose}` };
}

function describeProblems(problems: readonly EnvProblem[]): string {
  const unique = [...new Map(problems.map((problem) => [problem.name, problem])).values()];
  const lines = unique.map(({ name, problem }) => `  - ${name}: ${problem}`);
  const settings = count(unique.length, 'setting is', 'settings are');
  return [
    `msops cannot start: ${settings} missing or wrong.`,
    ...lines,
    'A secret may also come from a file: <NAME>_FILE=<path>, or a systemd credential called <NAME>. README.md lists all settings.',
    'To try msops without Slack and without any setting: npm run sandbox',
  ].join('\n');
}
