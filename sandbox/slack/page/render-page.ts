import type { PersonView } from '../http/person-view.ts';
import { renderHeading, renderMessages, renderThread } from './render-conversation.ts';
import { renderPeople, renderSidebar } from './render-sidebar.ts';
import { renderHome, renderModal } from './render-view.ts';
import type { Sight } from './sight.ts';
import { examplesFor } from './things-to-try.ts';

/** The parts of the page as HTML; the script puts in those that changed. */
export interface RenderedPage {
  readonly as: string;
  /** Where we are, as the address says it: `acme-ops`, `dm` or `home`. */
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

/** @param query `as` a handle, `in` a channel, `dm` or `home`, `thread` the `ts` of the open thread */
export function renderPage(
  seenBy: (as: string, channel: string | undefined) => PersonView,
  query: URLSearchParams,
): RenderedPage {
  const as = query.get('as') || 'alice';
  const lists = seenBy(as, undefined);
  const place = placeFor(lists, query.get('in') ?? '');
  const isHome = place === 'home';
  const view = isHome ? lists : seenBy(as, place);
  const sight: Sight = { view, isHome, threadTs: query.get('thread') ?? undefined };
  return {
    as: view.viewer.handle,
    in: place,
    channelId: view.channel?.id,
    botName: view.bot.name,
    sidebar: renderSidebar(sight).html,
    people: renderPeople(view).html,
    heading: renderHeading(sight).html,
    messages: (isHome ? renderHome(view) : renderMessages(sight)).html,
    thread: renderThread(sight)?.html,
    modal: renderModal(view)?.html,
    placeholder: isHome ? undefined : placeholder(view),
    examples: examplesFor(view),
    pending: view.pending.map(({ what }) => what),
  };
}

/** Somebody who looks at a channel that they do not see gets the first one that they do. */
function placeFor({ channels, viewer }: PersonView, wanted: string): string {
  if (wanted === 'home' || wanted === 'dm') {
    return viewer.isExternal ? (channels[0]?.name ?? '') : wanted;
  }
  const names = channels.filter(({ kind }) => kind !== 'im').map(({ name }) => name);
  return [wanted, FIRST_PLACE].find((name) => names.includes(name)) ?? names[0] ?? '';
}

function placeholder({ channel }: PersonView): string {
  return `Message ${channel?.kind === 'im' ? '' : '#'}${channel?.name ?? ''}`;
}
