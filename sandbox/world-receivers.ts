/** Where the sandbox's own mail server and AWS are; both take what leaves Slack. */
export interface Reach {
  readonly mail: { readonly host: string; readonly port: number; readonly username: string; readonly caFile: string };
  readonly region: string;
}

/** Names of secrets, and what they are in the sandbox: nothing that is worth anything. */
export const SANDBOX_TOKENS = {
  acme_metrics: 'acme-metrics-of-the-sandbox',
  acme_alerts: 'acme-alerts-of-the-sandbox',
  globex_alerts: 'globex-alerts-of-the-sandbox',
  metrics: 'metrics-of-the-sandbox',
} as const;

const ONCALL = 'oncall@meridian.example';

/** One customer with a mail server of its own, one whose mails go by SES, and one without any: of each kind one. */
export function receiversOf(customer: string, { mail, region }: Reach): Record<string, unknown> {
  const ses = { ses: { region } };
  const digests = { time_zone: 'Europe/Berlin', daily: '08:00', weekly: 'mon 09:00' };
  switch (customer) {
    case 'acme': {
      const { host, port, username, caFile } = mail;
      const smtp = { host, port, security: 'starttls', username, password: 'acme_smtp', ca_file: caFile };
      return {
        receivers: { mail: { from: 'alerts@acme.example', gateways: [{ smtp }, ses] }, phones: { sns: { region } } },
        tokens: { metrics: 'acme_metrics', alerts: 'acme_alerts' },
        digests,
      };
    }
    case 'globex':
      return {
        receivers: { mail: { from: 'alerts@globex.example', gateways: [ses] } },
        tokens: { alerts: 'globex_alerts' },
        digests: { ...digests, time_zone: 'America/Chicago' },
      };
    default:
      return {};
  }
}

/** Who is told outside Slack in production. */
export function noticesOf(customer: string): readonly Record<string, unknown>[] {
  const all = ['critical', 'warning', 'unknown'];
  switch (customer) {
    case 'acme':
      return [
        { email: [ONCALL], severities: ['critical', 'unknown'] },
        { email: ['platform@acme.example'], severities: all, signals: ['disk', 'application', 'certificate'] },
        { sms: ['+4915112345678'], severities: ['critical'], when: 'slack_late' },
        { email: ['services@acme.example'], severities: all, owner: 'customer' },
      ];
    case 'globex':
      return [{ email: ['oncall@globex.example'], severities: ['critical'] }];
    default:
      return [];
  }
}
