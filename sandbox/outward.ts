import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalDns, startDnsServer } from './aws/dns-server.ts';
import { type Aws, startAws } from './aws/start-aws.ts';
import { createMailDomain, type MailDomain } from './mail/mail-domain.ts';
import { type MailServer, startMailServer } from './mail/mail-server.ts';
import type { Mailbox } from './mail/mailbox.ts';
import { type Reach, SANDBOX_TOKENS } from './world-receivers.ts';

/** What takes everything that leaves the bot beside Slack. */
export interface Outward {
  /** Of customer acme. */
  readonly mailServer: MailServer;
  readonly aws: Aws;
  readonly dns: LocalDns;
  /** For the configuration. */
  readonly reach: Reach;
  /** For the bot: its keys, and the secrets that the configuration names. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes the records that SES wants for a domain, as its owner would. `false`: nobody has asked for its verification yet. */
  makeRecords(domain: string): boolean;
  /** Of customer globex. */
  readonly mailDomain: MailDomain;
  stop(): Promise<void>;
}

const REGION = 'eu-central-1';
/** Verified long ago. */
const VERIFIED_DOMAIN = 'acme.example';
/** Not verified, so that it can be tried. */
const OTHER_DOMAIN = 'globex.example';

/** @param directory for the certificate of the authority. */
export async function startOutward({ directory, mailbox }: { directory: string; mailbox?: Mailbox }): Promise<Outward> {
  const dns = await startDnsServer();
  const aws = await startAws({ dnsServers: [dns.address] });
  aws.identities.verify(VERIFIED_DOMAIN, REGION);
  const mailServer = await startMailServer({ mailbox, label: "acme's mail server" });
  const { host, port, username, password } = mailServer;
  // The configuration takes plain paths only.
  const caFile = join(directory, 'acme-ca.pem');
  copyFileSync(mailServer.caFile, caFile);
  const find = (domain: string) => aws.identities.find(domain, REGION);
  const makeRecords = (domain: string) => {
    const identity = find(domain);
    for (const token of identity?.dkimTokens ?? []) {
      dns.cname(`${token}._domainkey.${domain}`, `${token}.${identity?.signingHostedZone}`);
    }
    return identity !== undefined;
  };
  const secrets = Object.entries({ ...SANDBOX_TOKENS, acme_smtp: password });
  return {
    ...{ mailServer, aws, dns },
    reach: { mail: { host, port, username, caFile }, region: REGION },
    environment: {
      ...Object.fromEntries(secrets.map(([name, value]) => [`MSOPS_SECRET_${name.toUpperCase()}`, value])),
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: aws.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
      DNS_SERVERS: dns.address,
    },
    makeRecords,
    mailDomain: createMailDomain({ name: OTHER_DOMAIN, find, makeRecords }),
    async stop() {
      await mailServer.stop();
      await aws.stop();
      await dns.stop();
    },
  };
}
