import type { ReceivedMail } from '../../mail/mailbox.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Html } from './html.ts';
import { renderHeading, renderMessages, renderThread } from './render-conversation.ts';
import { renderMail, renderMailHeading } from './render-mail.ts';
import { renderPeople, renderSidebar } from './render-sidebar.ts';
import { renderHome, renderModal } from './render-view.ts';
import type { MailSight, Sight } from './sight.ts';
import { examplesFor } from './things-to-try.ts';

/** The parts of the page as HTML; the script puts in those that changed. */
export interface RenderedPage {
  readonly as: string;
  /** Where we are, as the address says it: `acme-ops`, `dm`, `home`, `mail` or `mail/3`. */
  readonly in: string;
  readonly channelId: string | undefined;
  readonly botName: string;
  readonly sidebar: string;
  readonly people: string;
  readonly heading: string;
  readonly messages: string;
  readonly thread: string | undefined;
  readonly modal: string | undefined;
  /** What the composer says while it is empty; `undefined`: nothing can be written here. */
  readonly placeholder: string | undefined;
  readonly examples: readonly string[];
  /** What the app has not answered yet. */
  readonly pending: readonly string[];
}

const FIRST_PLACE = 'acme-ops';

export interface PageWorld {
  seenBy(as: string, channel: string | undefined): PersonView;
  /** What left the bot beside Slack, oldest first; without it there is no place for it. */
  mails?(): readonly ReceivedMail[];
}

/** @param query `as` a handle, `in` a channel, `dm`, `home`, `mail` or `mail/3`, `thread` the `ts` of the open thread */
export function renderPage({ seenBy, mails }: PageWorld, query: URLSearchParams): RenderedPage {
  const as = query.get('as') || 'alice';
  const lists = seenBy(as, undefined);
  // Mails of all customers: for the team itself.
  const seenMails = lists.viewer.isExternal ? undefined : mails?.();
  const place = placeFor(lists, { wanted: query.get('in') ?? '', hasMail: seenMails !== undefined });
  const isHome = place === 'home';
  const mail = mailSight(place, seenMails);
  const view = isHome || mail !== undefined ? lists : seenBy(as, place);
  const threadTs = query.get('thread') ?? undefined;
  const sight: Sight = { view, isHome, mail, mailCount: seenMails?.length, threadTs };
  return {
    as: view.viewer.handle,
    in: place,
    channelId: view.channel?.id,
    botName: view.bot.name,
    sidebar: renderSidebar(sight).html,
    people: renderPeople(view).html,
    heading: (mail ? renderMailHeading() : renderHeading(sight)).html,
    messages: renderMain(sight).html,
    thread: renderThread(sight)?.html,
    modal: renderModal(view)?.html,
    placeholder: isHome || mail !== undefined ? undefined : placeholder(view),
    examples: examplesFor(view),
    pending: view.pending.map(({ what }) => what),
  };
}

function renderMain(sight: Sight): Html {
  if (sight.mail) {
    return renderMail(sight.mail, sight.view.viewer.handle);
  }
  return sight.isHome ? renderHome(sight.view) : renderMessages(sight);
}

const MAIL_PLACE = /^mail(?:\/(\d{1,9}))?$/;

function mailSight(place: string, mails: readonly ReceivedMail[] | undefined): MailSight | undefined {
  const found = MAIL_PLACE.exec(place);
  return mails && found ? { mails, open: found[1] === undefined ? undefined : Number(found[1]) } : undefined;
}

/** Somebody who looks at a channel that they do not see gets the first one that they do. */
function placeFor(
  { channels, viewer }: PersonView,
  { wanted, hasMail }: { readonly wanted: string; readonly hasMail: boolean },
): string {
  if (hasMail && MAIL_PLACE.test(wanted)) {
    return wanted;
  }
  if (wanted === 'home' || wanted === 'dm') {
    return viewer.isExternal ? (channels[0]?.name ?? '') : wanted;
  }
  const names = channels.filter(({ kind }) => kind !== 'im').map(({ name }) => name);
  return [wanted, FIRST_PLACE].find((name) => names.includes(name)) ?? names[0] ?? '';
}

function placeholder({ channel }: PersonView): string {
  return `Message ${channel?.kind === 'im' ? '' : '#'}${channel?.name ?? ''}`;
}
