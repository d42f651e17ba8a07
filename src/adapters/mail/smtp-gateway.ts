import { readFile } from 'node:fs/promises';
import type { SMTPTransportOptions } from 'nodemailer';
import { missingSecret, type NamedSecrets } from '../../domain/named-secrets.ts';
import type { MailGateway } from '../../domain/receivers.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Rejection, Trouble } from '../../services/deliveries/ports.ts';
import { foreignText } from '../foreign-text.ts';
import { composeMail } from './compose-mail.ts';
import type { Gateway, GatewayOutcome, OutgoingMail } from './gateway.ts';
import { queueId } from './queue-id.ts';
import { readSmtpTrouble, type SmtpError } from './smtp-trouble.ts';

export type SmtpSettings = Extract<MailGateway, { kind: 'smtp' }>;

/** Of each phase; the whole is ended by the signal. */
const PHASE_TIMEOUT_MS = 10_000;

/** A mail server of the customer. A connection a mail: alerts are few, and a connection that is kept is one that was cut. */
export function createSmtpGateway(settings: SmtpSettings, secrets: NamedSecrets): Gateway {
  const name = `SMTP ${settings.host}:${settings.port}`;
  const password = settings.password === undefined ? undefined : secrets.get(settings.password);

  function notConfigured(text: string): GatewayOutcome {
    return { kind: 'unable', trouble: { class: 'not_configured', text: `${name} ${text}` }, isLasting: true };
  }

  return {
    name,
    async take(mail, signal) {
      if (settings.password !== undefined && password === undefined) {
        return notConfigured(`has no password: ${missingSecret(settings.password)}`);
      }
      let ca: string | undefined;
      try {
        // Each time, so that a renewed one counts at once.
        ca = settings.caFile === undefined ? undefined : await readFile(settings.caFile, 'utf8');
      } catch {
        return notConfigured(`needs ${settings.caFile} (\`ca_file\`), which msops cannot read. Put it there.`);
      }
      try {
        return await submit(mail, { options: transportOptions({ settings, password, ca }), signal, password });
      } catch (error) {
        return readFailure(error as SmtpError, { name, settings, password });
      }
    },
  };
}

function transportOptions(parts: {
  settings: SmtpSettings;
  password: Secret | undefined;
  ca: string | undefined;
}): SMTPTransportOptions {
  const { settings, password, ca } = parts;
  const { host, port, security, username } = settings;
  const login = { auth: { user: username, pass: password?.reveal() ?? '' }, forceAuth: true };
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    // Without a user name relaying is by address; with one, a server that offers no login is not told the mail either.
    ...(username === undefined ? {} : login),
    // Else a machine without any other interface finds no name at all.
    allowInternalNetworkInterfaces: true,
    dnsTimeout: PHASE_TIMEOUT_MS,
    connectionTimeout: PHASE_TIMEOUT_MS,
    greetingTimeout: PHASE_TIMEOUT_MS,
    socketTimeout: PHASE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

interface Submission {
  readonly options: SMTPTransportOptions;
  readonly signal: AbortSignal;
  readonly password: Secret | undefined;
}

async function submit(mail: OutgoingMail, { options, signal, password }: Submission): Promise<GatewayOutcome> {
  const { createTransport } = await import('nodemailer');
  const taken = await createTransport(options).sendMail({ ...composeMail(mail), signal });
  const refused: readonly SmtpError[] = taken.rejectedErrors ?? [];
  return {
    kind: 'taken',
    id: queueId(taken.response),
    rejected: rejections(
      refused.filter((error) => !isForNow(error)),
      password,
    ),
    deferred: rejections(refused.filter(isForNow), password),
  };
}

function isForNow({ responseCode = 0 }: SmtpError): boolean {
  return responseCode >= 400 && responseCode < 500;
}

interface Failure {
  readonly name: string;
  readonly settings: SmtpSettings;
  readonly password: Secret | undefined;
}

function readFailure(error: SmtpError, { name, settings, password }: Failure): GatewayOutcome {
  const { about, isLasting, ...words } = readSmtpTrouble(error, settings);
  const said = error.response === undefined ? '' : ` (${foreignText(error.response, password)})`;
  const next =
    words.class === 'auth' && settings.password !== undefined
      ? `Check user name and the secret ${settings.password}.`
      : words.next;
  const what = foreignText(words.what, password);
  const trouble: Trouble = { class: words.class, text: `${name} ${what}${said}. ${next}` };
  if (about === 'mail') {
    const { rejectedErrors } = error as { rejectedErrors?: readonly SmtpError[] };
    return { kind: 'refused', trouble, rejected: rejections(rejectedErrors, password) };
  }
  return { kind: 'unable', trouble, isLasting };
}

function rejections(errors: readonly SmtpError[] = [], password: Secret | undefined): Rejection[] {
  return errors.map((error) => {
    const { recipient = 'unknown' } = error as { recipient?: string };
    return { recipient, reason: foreignText(error.response ?? error.message, password) };
  });
}
