import type { TroubleClass } from '../../services/deliveries/ports.ts';
import { type AwsError, type AwsTrouble, readAwsTrouble } from '../aws/aws-trouble.ts';
import { foreignText } from '../foreign-text.ts';

export interface SesTrouble extends AwsTrouble {
  readonly about: 'gateway' | 'mail';
  /** Identities that SES names as not verified. */
  readonly unverified: readonly string[];
}

/** What is being sent, and from where. */
export interface SesSending {
  readonly from: string;
  readonly to: readonly string[];
  readonly region: string;
}

type Words = Omit<AwsTrouble, 'class' | 'isLasting'>;
interface Rule extends Words {
  readonly class: TroubleClass;
  readonly about: SesTrouble['about'];
  readonly isLasting?: boolean;
  applies(name: string, message: string): boolean;
}

/** The first that applies counts. */
const RULES: readonly Rule[] = [
  {
    class: 'identity_not_verified',
    about: 'gateway',
    what: 'cannot use the MAIL FROM domain, which is not verified',
    next: 'Have its MX record set; `/msops email verify` shows what is missing.',
    applies: (name) => name === 'MailFromDomainNotVerifiedException',
  },
  {
    class: 'sending_paused',
    about: 'gateway',
    what: 'has suspended the account',
    next: 'Answer the case that AWS has opened for it.',
    isLasting: false,
    applies: (name) => name === 'AccountSuspendedException',
  },
  {
    class: 'sending_paused',
    about: 'gateway',
    what: 'has paused sending',
    next: 'Look at the reputation dashboard of SES, then resume sending there.',
    isLasting: false,
    applies: (name) => /SendingPaused/.test(name),
  },
  {
    class: 'suppressed_recipient',
    about: 'mail',
    what: 'has the recipient on its suppression list',
    next: 'Make sure that the mailbox takes mails, then take the address off the list.',
    applies: (_, message) => /suppress/i.test(message),
  },
  {
    class: 'not_configured',
    about: 'gateway',
    what: 'does not find what the mail is to be sent with',
    next: 'Correct the configuration set in msops.yml.',
    applies: (name, message) => name.startsWith('NotFound') || /configuration set/i.test(message),
  },
  {
    class: 'too_big',
    about: 'mail',
    what: 'does not take a mail of this size',
    next: 'Mails of SES may have 40 MB.',
    applies: (_, message) => /message (length|size)|too (large|big|long)/i.test(message),
  },
  {
    class: 'rejected_content',
    about: 'mail',
    what: 'refused the mail',
    next: 'Look at what SES says about it.',
    applies: (name) => /^(MessageRejected|BadRequest|InvalidParameter)/.test(name),
  },
];

const OTHER: Omit<Rule, 'applies'> = {
  class: 'other',
  about: 'gateway',
  what: 'refused',
  next: 'Look at what SES says about it.',
};

export function readSesTrouble(error: AwsError, sending: SesSending): SesTrouble {
  const common = readAwsTrouble(error, sending.region);
  if (common) {
    return { ...common, about: 'gateway', unverified: [] };
  }
  const { name, message } = error;
  const unverified = unverifiedIn(message);
  if (unverified.length > 0 || /address is not verified/i.test(message)) {
    return notVerified(unverified, sending);
  }
  const { what, next, about, isLasting = true, ...rule } = RULES.find(({ applies }) => applies(name, message)) ?? OTHER;
  const said = message === '' ? name : `${name}: ${foreignText(message)}`;
  return { class: rule.class, what: `${what} (${said})`, next, about, isLasting, unverified: [] };
}

/** `Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: a@b.example, c.example` */
function unverifiedIn(message: string): string[] {
  const list = /identities failed the check in region [^:]{1,40}:\s*(.+)$/s.exec(message)?.[1] ?? '';
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Out of its sandbox SES minds only who sends; in it also who receives. */
function notVerified(unverified: readonly string[], { from, to, region }: SesSending): SesTrouble {
  const recipients = unverified.filter((one) => to.some((address) => covers(one, address)));
  const isOfSender = unverified.some((one) => covers(one, from)) || recipients.length === 0;
  if (isOfSender) {
    return {
      class: 'identity_not_verified',
      what: `does not send from ${from}: neither the address nor its domain is verified there`,
      next: '`/msops email verify` walks through it.',
      about: 'gateway',
      isLasting: true,
      unverified,
    };
  }
  return {
    class: 'sandbox_recipient',
    what: `is in its sandbox in ${region} and sends only to verified addresses, which ${recipients.join(', ')} is not`,
    next: 'Ask AWS for production access, or verify the recipient there.',
    about: 'gateway', // Any other may take it.
    isLasting: true,
    unverified,
  };
}

/** Whether an identity of SES, an address or a domain, is that of the address. */
export function covers(identity: string, address: string): boolean {
  const wanted = address.toLowerCase().replace(/^.*<|>\s*$/g, '');
  const given = identity.toLowerCase().replace(/^.*<|>\s*$/g, '');
  return wanted === given || wanted.endsWith(`@${given}`);
}
