import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createAuthority } from './certificates.ts';
import { createListening } from './listening.ts';
import { createMailFaults, type MailFaults } from './mail-faults.ts';
import { createMailbox, type Mailbox, type ReceivedMail } from './mailbox.ts';
import { createSessionRules } from './session-rules.ts';

export interface MailServerOptions {
  /** 0 or missing: any free one. */
  readonly port?: number | undefined;
  /** `starttls` refuses everything else before it; `none` is for servers that have no TLS. */
  readonly security?: 'starttls' | 'tls' | 'none' | undefined;
  readonly username?: string | undefined;
  /** Missing: a new one. */
  readonly password?: string | undefined;
  /** In its certificate; missing: those by which it is reached. */
  readonly names?: readonly string[] | undefined;
  readonly expiredAt?: Date | undefined;
  /** Of a whole mail. */
  readonly maxBytes?: number | undefined;
  /** Shared with others whose mails are read in the same place. */
  readonly mailbox?: Mailbox | undefined;
  /** How mails of this server are marked in the mailbox. */
  readonly label?: string | undefined;
}

/** A strict submission server on loopback: TLS, then a login, then mails, which it keeps and sends to nobody. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority that signed its certificate. */
  readonly caFile: string;
  readonly username: string;
  readonly password: string;
  readonly faults: MailFaults;
  mails(): readonly ReceivedMail[];
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BYTES = 1_000_000;
const MAX_RECIPIENTS = 50;

export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { username = 'msops@acme.example', password = randomBytes(12).toString('base64url') } = options;
  const directory = mkdtempSync(join(tmpdir(), 'msops-mail-'));
  const caFile = join(directory, 'ca.pem');
  const mailbox = options.mailbox ?? createMailbox();
  const listening = createListening(options.port ?? 0, () => new SMTPServer(settings));
  const faults = createMailFaults(listening);
  const rules = createSessionRules({
    faults,
    mailbox,
    login: { username, password },
    label: options.label ?? 'SMTP',
    maxRecipients: MAX_RECIPIENTS,
  });
  const settings = { ...smtpOptions(options, caFile), ...rules };
  await listening.open();
  return {
    host: HOST,
    port: listening.port(),
    caFile,
    username,
    password,
    faults,
    mails: mailbox.mails,
    async stop() {
      await listening.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function smtpOptions(options: MailServerOptions, caFile: string): SMTPServerOptions {
  const { security = 'starttls', names = [HOST, 'localhost'], expiredAt, maxBytes = MAX_BYTES } = options;
  const authority = createAuthority('Sandbox mail authority');
  writeFileSync(caFile, authority.certificate);
  const { key, certificate } = authority.issue(names, { from: new Date(0), until: expiredAt });
  return {
    key,
    cert: certificate,
    secure: security === 'tls',
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    allowInsecureAuth: security === 'none',
    authMethods: ['PLAIN', 'LOGIN'],
    size: maxBytes,
    banner: 'msops sandbox',
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
  };
}
