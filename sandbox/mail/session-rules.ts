import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { MailFaults } from './mail-faults.ts';
import type { Mailbox } from './mailbox.ts';

export interface SessionDeps {
  readonly faults: MailFaults;
  readonly mailbox: Mailbox;
  readonly login: { readonly username: string; readonly password: string };
  readonly label: string;
  readonly maxRecipients: number;
}

type Rules = Required<Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'>>;

const HANG_MS = 60_000;

/** What the server answers, in the words of postfix. */
export function createSessionRules(deps: SessionDeps): Rules {
  const { faults, login } = deps;
  return {
    onConnect(_session, done) {
      if (faults.hang) {
        void delay(HANG_MS, undefined, { ref: false }).then(() => done());
      } else {
        done();
      }
    },
    onAuth({ username, password }, _session, done) {
      const isRight = username === login.username && password === login.password;
      if (isRight && !faults.refuseLogins) {
        done(null, { user: username });
      } else {
        done(refusal(535, '5.7.8 Error: authentication failed: authentication failure'));
      }
    },
    onMailFrom({ address }, _session, done) {
      done(address === '' ? refusal(550, '5.7.1 Sender address rejected: empty') : undefined);
    },
    onRcptTo({ address }, session, done) {
      done(refuseRecipient(address, session, deps));
    },
    onData(stream, session, done) {
      void take(stream, session, deps).then(
        (said) => done(null, said),
        (error: Error) => done(error),
      );
    },
  };
}

function refuseRecipient(
  address: string,
  session: SMTPServerSession,
  { faults, maxRecipients }: SessionDeps,
): Error | undefined {
  if (faults.tryLater) {
    return refusal(451, `4.3.0 <${address}>: Temporary lookup failure`);
  }
  if (faults.greylisted.has(address)) {
    return refusal(450, `4.2.0 <${address}>: Recipient address rejected: Greylisted`);
  }
  if (session.envelope.rcptTo.length >= maxRecipients) {
    return refusal(452, '4.5.3 Error: too many recipients');
  }
  return faults.unknown.has(address)
    ? refusal(550, `5.1.1 <${address}>: Recipient address rejected: User unknown in local recipient table`)
    : undefined;
}

async function take(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  { faults, mailbox, label }: SessionDeps,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) {
    throw refusal(552, '5.3.4 Error: message file too big');
  }
  if (faults.refuseContent) {
    throw refusal(554, '5.7.1 Message rejected as spam by content filtering');
  }
  const from = envelope.mailFrom ? envelope.mailFrom.address : '';
  const to = envelope.rcptTo.map(({ address }) => address);
  await mailbox.keep({ raw: Buffer.concat(chunks), by: label, from, to });
  return `2.0.0 Ok: queued as ${randomBytes(5).toString('hex').toUpperCase()}`;
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
