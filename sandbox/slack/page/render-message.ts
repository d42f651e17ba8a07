import type { PersonView, SeenMessage } from '../http/person-view.ts';
import { type Html, html } from './html.ts';
import { renderBlocks } from './render-blocks.ts';
import { renderFile } from './render-file.ts';
import { showEmoji, showText } from './show-blocks.ts';
import { timeOf } from './sight.ts';

/** One message as this person sees it. In a thread it has no line about replies. */
export function renderMessage(message: SeenMessage, view: PersonView, { isInThread = false } = {}): Html {
  const { author, isEphemeral, notice } = message;
  return html`<article class="message${isEphemeral && ' ephemeral'}" data-ts="${message.ts}"
    aria-label="${author.realName}, ${timeOf(message)}">
    ${avatar(author.realName, author.isBot)}
    <div class="message-main">
      ${isEphemeral && html`<div class="only-you"><span aria-hidden="true">👁</span> Only visible to you</div>`}
      ${renderHead(message, view)}
      ${renderContent(message, view)}
      ${message.files.map((file) => renderFile(file))}
      ${renderReactions(message, view)}
      ${notice !== undefined && html`<div class="notice" role="alert">⚠ ${notice}</div>`}
      ${!isInThread && !isEphemeral && renderReplies(message)}
    </div></article>`;
}

function renderHead(message: SeenMessage, { viewer }: PersonView): Html {
  const { author, isEdited } = message;
  const isOutsider = !author.isBot && author.teamId !== viewer.teamId;
  return html`<div class="message-head"><span class="author">${author.realName}</span>
    ${author.isBot && html`<span class="app-badge">APP</span>`}
    ${isOutsider && html`<span class="company">${author.teamName}</span>`}
    <time>${timeOf(message)}</time>
    ${isEdited && html`<span class="edited">(edited)</span>`}</div>`;
}

function renderContent({ blocks, text, state }: SeenMessage, view: PersonView): Html {
  return blocks.length === 0
    ? html`<div class="message-text">${showText(text, view)}</div>`
    : html`<div class="message-blocks">${renderBlocks({ blocks, state, view })}</div>`;
}

function renderReactions({ reactions }: SeenMessage, view: PersonView): Html | undefined {
  if (reactions.length === 0) {
    return undefined;
  }
  const nameOf = (id: string) => view.people.find((person) => person.id === id)?.realName ?? view.bot.name;
  const chips = reactions.map(({ name, users }) => {
    const isMine = users.includes(view.viewer.id);
    return html`<button type="button" class="reaction" data-react="${name}" aria-pressed="${String(isMine)}"
      title="${users.map(nameOf).join(', ')} reacted with :${name}:">${showEmoji(name, view)} <span>${users.length}</span></button>`;
  });
  return html`<div class="reactions">${chips}</div>`;
}

function renderReplies({ ts, replies }: SeenMessage): Html {
  if (replies.length === 0) {
    return html`<button type="button" class="reply-link quiet" data-thread="${ts}">Reply in thread</button>`;
  }
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return html`<button type="button" class="reply-link" data-thread="${ts}">${count}</button>`;
}

const AVATAR_COLORS = 6;

/** A square with the first letter; the same person always has the same color. */
function avatar(name: string, isApp: boolean): Html {
  const color = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % AVATAR_COLORS;
  const face = isApp ? html`<img src="/page/icon.svg" alt="">` : name.slice(0, 1).toUpperCase();
  return html`<div class="avatar color-${color}" aria-hidden="true">${face}</div>`;
}
