import type { ReceivedMail } from '../../mail/mailbox.ts';
import type { PersonView, SeenMessage } from '../http/person-view.ts';

/** What somebody sees, and which part of it the page shows. */
export interface Sight {
  readonly view: PersonView;
  /** App Home instead of a channel. */
  readonly isHome: boolean;
  /** What left the bot beside Slack, when that is what is looked at. */
  readonly mail?: MailSight | undefined;
  /** How many mails there are; missing: there is no place for them. */
  readonly mailCount?: number | undefined;
  /** The message whose thread is open. */
  readonly threadTs?: string | undefined;
}

export interface MailSight {
  /** Oldest first. */
  readonly mails: readonly ReceivedMail[];
  /** Which one is open, counting from 1; missing: the list. */
  readonly open?: number | undefined;
}

/** By the clock of the machine that the sandbox runs on. */
export function timeOf({ ts }: Pick<SeenMessage, 'ts'>): string {
  return dateOf(ts).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

export function dayOf({ ts }: Pick<SeenMessage, 'ts'>): string {
  const date = dateOf(ts);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? 'Today' : date.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
}

function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
