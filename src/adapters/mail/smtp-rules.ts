import type { TroubleClass } from '../../services/deliveries/ports.ts';

/** What a server answered, and to what. */
export interface SmtpAnswer {
  /** 0 when the library did not let it come to an answer. */
  readonly status: number;
  /** `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command: string;
  /** With its codes. */
  readonly text: string;
}

export interface SmtpRule {
  readonly class: TroubleClass;
  /** Whose fault it is: a server that cannot take mails of ours, or this mail. */
  readonly about: 'gateway' | 'mail';
  /** After the name of the server. */
  readonly what: string;
  readonly next: string;
}

/** The first that applies counts. What SES says over SMTP is among them. */
const RULES: readonly (SmtpRule & { applies(answer: SmtpAnswer): boolean })[] = [
  {
    class: 'no_starttls',
    about: 'gateway',
    what: 'does not offer STARTTLS',
    next: 'Nothing is sent in plain text: have TLS switched on there, or use a port that has it (587, or 465 with `security: tls`).',
    applies: ({ command, text }) => command === 'STARTTLS' || /must issue a STARTTLS/i.test(text),
  },
  {
    class: 'quota',
    about: 'gateway',
    what: 'takes no more mails for now',
    next: 'It is tried again; ask for a higher sending limit when this happens often.',
    applies: ({ text }) =>
      /throttling failure|maximum sending rate|daily message quota|rate limit|too many (mails|messages)/i.test(text),
  },
  {
    class: 'temporary',
    about: 'gateway',
    what: 'says to try later',
    next: 'It is tried again.',
    applies: ({ status }) => status >= 400 && status < 500,
  },
  {
    class: 'auth',
    about: 'gateway',
    what: 'refused the login',
    next: 'Check user name and password.',
    applies: ({ status, command, text }) =>
      command.startsWith('AUTH') || [530, 534, 535, 538].includes(status) || /authentication required/i.test(text),
  },
  {
    class: 'too_big',
    about: 'mail',
    what: 'does not take a mail of this size',
    next: 'Ask for a higher limit there.',
    applies: ({ text }) => /^552(?![ -]5\.2\.2)|^55\d[ -]5\.3\.4|message size larger/i.test(text),
  },
  {
    class: 'identity_not_verified',
    about: 'gateway',
    what: 'does not let us send from our address',
    next: 'Have the address or its domain allowed there; with SES see `/msops email verify`.',
    // Postfix says it only after the recipient.
    applies: ({ command, text }) =>
      command === 'MAIL FROM' || /sender address rejected|send as|SendAsDenied|address is not verified/i.test(text),
  },
  {
    class: 'relay_denied',
    about: 'gateway',
    what: 'does not carry our mails to others',
    next: 'Set user name and password in msops.yml, or have relaying allowed for our account.',
    applies: ({ text }) =>
      /relay(ing)?\b.{0,30}(denied|not permitted|not allowed|prohibited)|unable to relay|permitted to relay|client host rejected/i.test(
        text,
      ),
  },
  {
    class: 'rejected_content',
    about: 'mail',
    what: 'refused the mail by its policy',
    next: 'Ask for our address to be let through its filter.',
    applies: ({ command, text }) => command === 'DATA' || (command === 'RCPT TO' && /^55\d[ -]5\.7\./.test(text)),
  },
  {
    class: 'unknown_recipient',
    about: 'mail',
    what: 'does not take mails for the recipient',
    next: 'Correct the address in msops.yml, or have the mailbox made.',
    applies: ({ command }) => command === 'RCPT TO',
  },
];

const OTHER: SmtpRule = {
  class: 'other',
  about: 'gateway',
  what: 'refused',
  next: 'Look into the log of the mail server.',
};

export function ruleFor(answer: SmtpAnswer): SmtpRule {
  return RULES.find(({ applies }) => applies(answer)) ?? OTHER;
}
