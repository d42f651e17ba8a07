import type { PersonView, SeenMessage } from '../http/person-view.ts';
import { type Html, html } from './html.ts';
import { renderMessage } from './render-message.ts';
import { dayOf, type Sight } from './sight.ts';
import { examplesFor } from './things-to-try.ts';

/** The line over the messages: which channel, who is in it. */
export function renderHeading({ view, isHome }: Sight): Html {
  const { channel, bot } = view;
  if (isHome || channel === undefined) {
    return html`<h1>${bot.name}</h1><p>App Home</p>`;
  }
  const isDirect = channel.kind === 'im';
  const others = channel.sharedWith.length > 0 && companiesBeside(view, channel.sharedWith);
  return html`<h1>${!isDirect && '#'}${channel.name}</h1>
    <p>${isDirect ? 'Direct message with the app' : `${channel.purpose} · ${channel.memberCount} members`}</p>
    ${others && html`<span class="shared-badge">Shared with ${others}</span>`}`;
}

/** The other companies in a shared channel, as seen from the viewer's own. */
function companiesBeside({ viewer, team }: PersonView, sharedWith: readonly string[]): string {
  return [team.name, ...sharedWith].filter((name) => name !== viewer.teamName).join(', ');
}

/** All messages of the channel, replies in threads left out. */
export function renderMessages({ view }: Sight): Html {
  const { messages } = view;
  return messages.length === 0
    ? renderEmpty(view)
    : html`${messages.map((message, index) => [dayLine(message, messages[index - 1]), renderMessage(message, view)])}`;
}

function renderEmpty(view: PersonView): Html {
  const examples = examplesFor(view);
  return html`<div class="empty"><p class="empty-title">Nothing has been said here yet.</p>
    ${examples.length > 0 && html`<p>Try one of these as ${view.viewer.realName}:</p>`}
    ${view.channel?.hasBot === false && html`<p>${view.bot.name} is not a member of this channel.</p>`}
    <div class="examples">${examples.map(
      (text) => html`<button type="button" class="example" data-example="${text}"><code>${text}</code></button>`,
    )}</div></div>`;
}

function dayLine(message: SeenMessage, previous: SeenMessage | undefined): Html | undefined {
  const day = dayOf(message);
  return previous && dayOf(previous) === day ? undefined : html`<div class="day"><span>${day}</span></div>`;
}

/** The thread beside the channel: its first message and the replies. */
export function renderThread({ view, threadTs }: Sight): Html | undefined {
  const parent = view.messages.find(({ ts }) => ts === threadTs);
  return (
    parent && html`${[parent, ...parent.replies].map((message) => renderMessage(message, view, { isInThread: true }))}`
  );
}
