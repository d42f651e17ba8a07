import { isObject, objects } from '../slack/blocks/interactive.ts';
import type { PersonView } from '../slack/http/person-view.ts';
import { showEmoji } from '../slack/page/show-blocks.ts';
import type { Json } from '../slack/world/model.ts';

/** Slack's markup as a terminal shows it: names instead of ids, links with their address, emoji. */
export function plainMrkdwn(text: string, view: PersonView): string {
  return withEmoji(text, view)
    .replaceAll(/<@(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `@${handleOf(id, view)}`)
    .replaceAll(/<#(\w+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || channelName(id, view)}`)
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<!(\w+)[^>]*>/g, '@$1')
    .replaceAll(/<([^|>]+)\|([^>]+)>/g, (_, url: string, label: string) => (url === label ? url : `${label} (${url})`))
    .replaceAll(/<(\w+:[^>]+)>/g, '$1')
    .replaceAll(/(^|[\s(])\*([^*\n]+)\*/g, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A text object, in either of its two types. */
export function plainText(text: unknown, view: PersonView): string {
  if (!isObject(text) || typeof text.text !== 'string') {
    return '';
  }
  return text.type === 'mrkdwn' ? plainMrkdwn(text.text, view) : withEmoji(text.text, view);
}

function withEmoji(text: string, view: PersonView): string {
  return text.replaceAll(/:([a-z][a-z0-9_+-]+):/g, (_, name: string) => showEmoji(name, view));
}

/** Rich text: sections as lines, lists with dashes. */
export function plainRichText(element: Json, view: PersonView): string {
  const children = objects(element.elements);
  switch (element.type) {
    case 'rich_text':
      return children.map((child) => plainRichText(child, view)).join('\n');
    case 'rich_text_list':
      return children.map((child) => `- ${plainRichText(child, view)}`).join('\n');
    case 'rich_text_quote':
      return children
        .map((child) => plainInline(child, view))
        .join('')
        .replaceAll(/^/gm, '> ');
    default:
      return children.map((child) => plainInline(child, view)).join('');
  }
}

function plainInline(element: Json, view: PersonView): string {
  switch (element.type) {
    case 'user':
      return `@${handleOf(String(element.user_id), view)}`;
    case 'channel':
      return `#${channelName(String(element.channel_id), view)}`;
    case 'emoji':
      return showEmoji(String(element.name), view);
    case 'link':
      return String(element.text ?? element.url);
    default:
      return String(element.text ?? '');
  }
}

function handleOf(id: string, { people, bot }: PersonView): string {
  return id === bot.userId ? bot.name : (people.find((person) => person.id === id)?.handle ?? id);
}

function channelName(id: string, { channels }: PersonView): string {
  return channels.find((channel) => channel.id === id)?.name ?? id;
}
