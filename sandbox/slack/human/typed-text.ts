import type { Json } from '../world/model.ts';
import type { World } from '../world/world.ts';

const TOKENS = /<@(?<userId>\w+)>|@(?<handle>[\w.-]*\w)|#(?<channel>[\w-]+)|(?<url>https?:\/\/[^\s<>]+)/g;

/** What a person typed, as Slack's client sends it. */
export interface TypedText {
  /** With `<@U…>`, `<#C…|name>` and `<https://…>`; `&`, `<` and `>` are escaped. */
  readonly text: string;
  readonly blocks: Json[];
  readonly mentions: readonly string[];
}

export function readTypedText(world: World, typed: string): TypedText {
  const elements = elementsOf(world, typed);
  return {
    text: elements.map(toMrkdwn).join(''),
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elements.map(withoutName) }] }],
    mentions: elements.flatMap(({ user_id }) => (user_id === undefined ? [] : String(user_id))),
  };
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function elementsOf(world: World, typed: string): Json[] {
  const elements: Json[] = [];
  let end = 0;
  for (const match of typed.matchAll(TOKENS)) {
    const element = elementOf(world, match.groups ?? {});
    if (element !== undefined) {
      elements.push(...plain(typed.slice(end, match.index)), element);
      end = match.index + match[0].length;
    }
  }
  return [...elements, ...plain(typed.slice(end))];
}

function plain(text: string): Json[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/** @returns undefined when nobody and nothing is called that: then it is text */
function elementOf(world: World, groups: Partial<Record<string, string>>): Json | undefined {
  const { userId, handle, channel, url } = groups;
  if (url !== undefined) {
    return { type: 'link', url };
  }
  if (channel !== undefined) {
    const found = [...world.channels.values()].find(({ name, kind }) => name === channel && kind !== 'im');
    return found && { type: 'channel', channel_id: found.id, name: found.name };
  }
  const user = [...world.users.values()].find((one) => one.id === userId || one.handle === handle?.toLowerCase());
  return user && { type: 'user', user_id: user.id };
}

function toMrkdwn(element: Json): string {
  switch (element.type) {
    case 'user':
      return `<@${element.user_id}>`;
    case 'channel':
      return `<#${element.channel_id}|${element.name}>`;
    case 'link':
      return `<${escapeText(String(element.url))}>`;
    default:
      return escapeText(String(element.text));
  }
}

function withoutName({ name: _, ...element }: Json): Json {
  return element;
}
