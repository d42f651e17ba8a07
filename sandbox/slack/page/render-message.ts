import type { FormValues, StoredMessage } from '../world/model.ts';
import { type Html, html } from './html.ts';
import { renderBlocks } from './render-blocks.ts';
import { renderFile } from './render-file.ts';
import { showEmoji, showText } from './show-blocks.ts';
import { type Sight, timeOf } from './viewer.ts';

const NOTHING_CHOSEN: FormValues = new Map();

/** One message as this person sees it. In a thread it has no line about replies. */
export function renderMessage(message: StoredMessage, sight: Sight, { isInThread = false } = {}): Html {
  const { world, viewer } = sight;
  const author = world.users.get(message.user);
  const isApp = author?.isBot === true;
  const name = author?.realName ?? message.user;
  const notice = world.notices.get(`${message.channel}/${message.ts}/${viewer.id}`);
  const isOutsider = author !== undefined && !isApp && author.teamId !== viewer.teamId;
  return html`<article class="message${message.visibleTo !== undefined && ' ephemeral'}" data-ts="${message.ts}"
    aria-label="${name}, ${timeOf(message)}">
    ${avatar(name, isApp)}
    <div class="message-main">
      ${message.visibleTo !== undefined && html`<div class="only-you"><span aria-hidden="true">👁</span> Only visible to you</div>`}
      <div class="message-head"><span class="author">${name}</span>${isApp && html` <span class="app-badge">APP</span>`}${
        isOutsider && html` <span class="company">${world.teams.get(author.teamId)?.name}</span>`
      } <time>${timeOf(message)}</time>${message.editedTs !== undefined && html` <span class="edited">(edited)</span>`}</div>
      ${renderContent(message, sight)}
      ${message.files.map((id) => renderFile(id, sight))}
      ${renderReactions(message, sight)}
      ${notice !== undefined && html`<div class="notice" role="alert">⚠ ${notice}</div>`}
      ${!isInThread && renderReplies(message, sight)}
    </div></article>`;
}

function renderContent(message: StoredMessage, { world, viewer }: Sight): Html {
  if (message.blocks.length === 0) {
    return html`<div class="message-text">${showText(message.text, world)}</div>`;
  }
  const values = world.messageValues.get(`${message.channel}/${message.ts}/${viewer.id}`) ?? NOTHING_CHOSEN;
  return html`<div class="message-blocks">${renderBlocks({ blocks: message.blocks, values, world })}</div>`;
}

function renderReactions(message: StoredMessage, { world, viewer }: Sight): Html | undefined {
  if (message.reactions.length === 0) {
    return undefined;
  }
  const chips = message.reactions.map(({ name, users }) => {
    const isMine = users.includes(viewer.id);
    const who = users.map((id) => world.users.get(id)?.realName ?? id).join(', ');
    return html`<button type="button" class="reaction" data-react="${name}" aria-pressed="${String(isMine)}"
      title="${who} reacted with :${name}:">${showEmoji(name, world)} <span>${users.length}</span></button>`;
  });
  return html`<div class="reactions">${chips}</div>`;
}

function renderReplies(message: StoredMessage, { world, viewer }: Sight): Html | undefined {
  const replies = repliesTo(message, { world, viewer });
  const isEphemeral = message.visibleTo !== undefined;
  if (replies.length === 0) {
    return isEphemeral
      ? undefined
      : html`<button type="button" class="reply-link quiet" data-thread="${message.ts}">Reply in thread</button>`;
  }
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return html`<button type="button" class="reply-link" data-thread="${message.ts}">${count}</button>`;
}

/** What this person sees in the thread of a message, without the message. */
export function repliesTo(
  { channel, ts }: StoredMessage,
  { world, viewer }: Pick<Sight, 'world' | 'viewer'>,
): StoredMessage[] {
  return world.messages.filter(
    (one) =>
      one.channel === channel &&
      one.threadTs === ts &&
      one.ts !== ts &&
      (one.visibleTo === undefined || one.visibleTo === viewer.id),
  );
}

const AVATAR_COLORS = 6;

/** A square with the first letter; the same person always has the same color. */
export function avatar(name: string, isApp: boolean): Html {
  const color = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % AVATAR_COLORS;
  const face = isApp ? '⚙' : name.slice(0, 1).toUpperCase();
  return html`<div class="avatar ${isApp ? 'app' : `color-${color}`}" aria-hidden="true">${face}</div>`;
}
