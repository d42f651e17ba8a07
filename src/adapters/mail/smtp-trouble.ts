import type { MailGateway } from '../../domain/receivers.ts';
import { networkTrouble } from '../network-trouble.ts';
import { ruleFor, type SmtpRule } from './smtp-rules.ts';

/** What nodemailer puts on its errors. */
export interface SmtpError extends Error {
  readonly code?: string | undefined;
  /** Of the system or of TLS, below nodemailer's own. */
  readonly originalCode?: string | undefined;
  /** The server's words, with their codes. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  /** What was answered so: `AUTH PLAIN`, `RCPT TO`. */
  readonly command?: string | undefined;
}

export interface SmtpTrouble extends SmtpRule {
  /** The same mail fails again until somebody changes something. */
  readonly isLasting: boolean;
}

export type SmtpServer = Pick<Extract<MailGateway, { kind: 'smtp' }>, 'port' | 'security'>;

/** Ports on which servers speak TLS from the first byte. */
const TLS_PORTS: readonly number[] = [465, 2465];

/** Tells the failures apart. What is below SMTP may pass; in SMTP the server says whether it does. */
export function readSmtpTrouble(error: SmtpError, server: SmtpServer): SmtpTrouble {
  const { response, responseCode, message } = error;
  if (response === undefined || responseCode === undefined) {
    const trouble = belowSmtp(error, server);
    if (trouble) {
      return { ...trouble, about: 'gateway', isLasting: false };
    }
  }
  const answer = { status: responseCode ?? 0, command: commandOf(error), text: response ?? message };
  // A login that did not come to an answer: the server offers none, or none that we know.
  const isLasting = answer.status >= 500 || answer.status === 0;
  return { ...ruleFor(answer), isLasting };
}

function belowSmtp(error: SmtpError, { port, security }: SmtpServer): Omit<SmtpRule, 'about'> | undefined {
  const { code, originalCode, message } = error;
  if (code === 'ETIMEDOUT' && security === 'starttls' && TLS_PORTS.includes(port)) {
    return SILENT;
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return undefined;
  }
  const trouble = networkTrouble([originalCode, code], message);
  if (trouble) {
    return { ...trouble, next: NEXT[trouble.class] ?? trouble.next };
  }
  return isOfTls(error) ? TLS_FAILED : undefined;
}

/** What mail servers have settings for. */
const NEXT: Readonly<Record<string, string>> = {
  tls_untrusted:
    'Have its certificate renewed or, when an authority of the customer signed it, give that in `ca_file` of msops.yml.',
  tls_wrong_port: 'Use `security: starttls`, or the port for TLS (465).',
};

function isOfTls({ code, originalCode }: SmtpError): boolean {
  return code === 'ETLS' || originalCode?.startsWith('ERR_SSL_') === true;
}

const SILENT = {
  class: 'tls_wrong_port',
  what: 'said nothing, on a port that is for TLS from the start',
  next: 'Use `security: tls`, or port 587.',
} as const;

const TLS_FAILED = {
  class: 'tls_wrong_port',
  what: 'broke off the TLS handshake',
  next: 'Check that its port and `security` fit together, and that it speaks TLS 1.2 or newer.',
} as const;

function commandOf({ code, command = '' }: SmtpError): string {
  return code === 'EAUTH' || code === 'ENOAUTH' ? 'AUTH' : command;
}
