/** One line of the README's table of settings. */
export interface EnvSetting {
  readonly name: string;
  readonly required: 'yes' | 'in Socket Mode' | 'in HTTP mode' | 'one of the two' | 'no';
  readonly default?: string;
  /** May also come from a file: `<NAME>_FILE`, or `$CREDENTIALS_DIRECTORY/<NAME>`. */
  readonly secret: boolean;
  /** What it is for and how it must look; shown when it is missing or wrong. */
  readonly purpose: string;
}

export const ENV_SETTINGS = [
  {
    name: 'SLACK_BOT_TOKEN',
    required: 'yes',
    secret: true,
    purpose: 'bot token of the Slack app; starts with xoxb-',
  },
  {
    name: 'SLACK_APP_TOKEN',
    required: 'in Socket Mode',
    secret: true,
    purpose: 'app-level token with connections:write; starts with xapp-',
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    required: 'in HTTP mode',
    secret: true,
    purpose: 'signing secret of the Slack app, which proves that a request is from Slack',
  },
  {
    name: 'SLACK_MODE',
    required: 'no',
    default: 'socket',
    secret: false,
    purpose: 'how Slack reaches the bot: socket (no inbound port) or http',
  },
  {
    name: 'PORT',
    required: 'no',
    default: '3000',
    secret: false,
    purpose: 'port for the requests of Slack in HTTP mode, 0 to 65535',
  },
  {
    name: 'SLACK_API_URL',
    required: 'no',
    default: 'https://slack.com/api/',
    secret: false,
    purpose: 'Web API of Slack, an http(s) address; with NODE_ENV=production only slack.com or slack-gov.com by https',
  },
  {
    name: 'MSOPS_CONFIG',
    required: 'no',
    default: 'msops.yml',
    secret: false,
    purpose: 'file with customers, hosts, people and policies',
  },
  {
    name: 'MSOPS_DATA_DIR',
    required: 'no',
    default: '.msops',
    secret: false,
    purpose: 'directory of the embedded PostgreSQL; not used with DATABASE_URL',
  },
  {
    name: 'DATABASE_URL',
    required: 'no',
    secret: true,
    purpose: 'PostgreSQL to use instead of the embedded one; postgres://…',
  },
  {
    name: 'SSH_PRIVATE_KEY',
    required: 'one of the two',
    secret: true,
    purpose: 'private key for bastions and hosts, OpenSSH or PEM; most simply SSH_PRIVATE_KEY_FILE=<path>',
  },
  {
    name: 'SSH_AUTH_SOCK',
    required: 'one of the two',
    secret: false,
    purpose: 'socket of an SSH agent that holds the private key',
  },
  {
    name: 'SSH_PRIVATE_KEY_PASSPHRASE',
    required: 'no',
    secret: true,
    purpose: 'passphrase of the private key',
  },
  {
    name: 'WSO2_UPDATE_USERNAME',
    required: 'no',
    secret: true,
    purpose: 'WSO2 account with a subscription, for updates of products on hosts; with WSO2_UPDATE_PASSWORD',
  },
  {
    name: 'WSO2_UPDATE_PASSWORD',
    required: 'no',
    secret: true,
    purpose: 'password of WSO2_UPDATE_USERNAME',
  },
  {
    name: 'LOG_LEVEL',
    required: 'no',
    default: 'info',
    secret: false,
    purpose: 'debug, info, warn or error',
  },
  {
    name: 'HEALTH_PORT',
    required: 'no',
    secret: false,
    purpose: 'port of /healthz for a supervisor, 0 to 65535; without it there is none',
  },
  {
    name: 'WEB_URL',
    required: 'no',
    secret: false,
    purpose:
      'address of the web pages as browsers reach them, https (http only for this machine), without a path; without it there are no web pages, webhooks and metrics',
  },
  {
    name: 'WEB_HOST',
    required: 'no',
    default: '127.0.0.1',
    secret: false,
    purpose: 'IP address on which the web pages are served, behind a proxy that ends TLS',
  },
  {
    name: 'WEB_PORT',
    required: 'no',
    default: '8080',
    secret: false,
    purpose: 'port of the web pages, 0 to 65535',
  },
  {
    name: 'AWS_ENDPOINT_URL',
    required: 'no',
    secret: false,
    purpose: "address of something that speaks as AWS does, instead of Amazon's own; http(s)",
  },
  {
    name: 'DNS_SERVERS',
    required: 'no',
    secret: false,
    purpose:
      'DNS servers to ask for the records of mail domains, separated by commas, such as 192.0.2.53 or 127.0.0.1:5353; without it those of the machine',
  },
  {
    name: 'NODE_ENV',
    required: 'no',
    default: 'development',
    secret: false,
    purpose: 'production on a machine that serves customers',
  },
] as const satisfies readonly EnvSetting[];

export type EnvSettingName = (typeof ENV_SETTINGS)[number]['name'];
