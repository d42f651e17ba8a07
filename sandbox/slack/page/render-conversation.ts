import { messagesSeenBy } from '../world/find.ts';
import type { Channel, StoredMessage } from '../world/model.ts';
import { type Html, html } from './html.ts';
import { renderMessage, repliesTo } from './render-message.ts';
import { examplesFor } from './things-to-try.ts';
import { channelTitle, otherCompanies, type Sight } from './viewer.ts';

/** The line over the messages: which channel, who is in it. */
export function renderHeading(sight: Sight): Html {
  const { channel, world, isHome } = sight;
  if (isHome || channel === undefined) {
    return html`<h1>${world.bot.name}</h1><p>App Home</p>`;
  }
  const companies = otherCompanies(sight, channel);
  const members = [...channel.members].filter((id) => id !== world.bot.userId).length;
  const people = channel.kind === 'im' ? 'Direct message with the app' : `${channel.purpose} · ${members} people`;
  return html`<h1>${channelTitle(sight, channel)}</h1><p>${people}</p>${
    companies.length > 0 && html`<span class="shared-badge">Shared with ${companies.join(', ')}</span>`
  }`;
}

/** All messages of a channel, replies in threads left out. */
export function renderMessages(sight: Sight & { channel: Channel }): Html {
  const messages = messagesSeenBy(sight.world, sight.channel.id, sight.viewer.id);
  const top = messages.filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts);
  if (top.length === 0) {
    return renderEmpty(sight);
  }
  return html`${top.map((message, index) => [dayLine(message, top[index - 1]), renderMessage(message, sight)])}`;
}

function renderEmpty({ world, viewer, channel }: Sight & { channel: Channel }): Html {
  const examples = examplesFor({ world, viewer, channel });
  return html`<div class="empty"><p class="empty-title">Nothing has been said here yet.</p>
    ${examples.length > 0 && html`<p>Try one of these as ${viewer.realName}:</p>`}
    <div class="examples">${examples.map(
      (text) => html`<button type="button" class="example" data-example="${text}"><code>${text}</code></button>`,
    )}</div></div>`;
}

function dayLine(message: StoredMessage, previous: StoredMessage | undefined): Html | undefined {
  const [day, before] = [message, previous].map((one) => one && dayOf(one));
  return day === before ? undefined : html`<div class="day"><span>${day}</span></div>`;
}

function dayOf({ ts }: StoredMessage): string {
  const date = new Date(Number(ts) * 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? 'Today' : date.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
}

/** The thread beside the channel: its first message and the replies. */
export function renderThread(sight: Sight): Html | undefined {
  const parent = sight.world.messages.find(
    ({ channel, ts }) => channel === sight.channel?.id && ts === sight.threadTs && sight.threadTs !== undefined,
  );
  if (parent === undefined) {
    return undefined;
  }
  const messages = [parent, ...repliesTo(parent, sight)];
  return html`${messages.map((message) => renderMessage(message, sight, { isInThread: true }))}`;
}
