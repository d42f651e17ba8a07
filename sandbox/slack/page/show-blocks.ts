import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message, type MessageProps } from 'slack-blocks-to-jsx';
import { isObject } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Json } from '../world/model.ts';
import { type Html, raw } from './html.ts';

/**
 * Draws blocks that nobody can act on. The one place that knows the renderer; what it leaves out
 * (controls, inputs and tables) is drawn by `render-blocks.ts`.
 */
export function showBlocks(blocks: readonly Json[], view: PersonView): Html {
  if (blocks.length === 0) {
    return raw('');
  }
  const element = createElement(Message, {
    blocks: mapMrkdwn(blocks, (text) => keepEscapes(keepSpaces(text))) as unknown as MessageProps['blocks'],
    data: mentionNames(view),
    logo: '',
    name: '',
    withoutWrapper: true,
  });
  const markup = renderToStaticMarkup(element);
  // Its id would be there once a message, and its theme would not follow the page's.
  return raw(markup.replace('<div id="slack_blocks_to_jsx" data-theme="light"', '<div'));
}

function mapMrkdwn(part: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(part)) {
    return part.map((one) => mapMrkdwn(one, change));
  }
  if (!isObject(part)) {
    return part;
  }
  const changed = Object.entries(part).map(([key, value]) => [key, mapMrkdwn(value, change)] as const);
  const { type, text } = part;
  return {
    ...Object.fromEntries(changed),
    ...(type === 'mrkdwn' && typeof text === 'string' ? { text: change(text) } : {}),
  };
}

const NO_BREAK_SPACE = '\u00a0';
/** Invisible; without it the renderer would trim the spaces after it. */
const WORD_JOINER = '\u2060';

/** Slack shows spaces where a line begins; the renderer drops them, and puts one after each `>` in code. */
function keepSpaces(text: string): string {
  const words = text.replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll('&gt;', '>'));
  return words.replaceAll(
    /\n( +)(?=\S)/g,
    (_, spaces: string) => `\n${WORD_JOINER}${NO_BREAK_SPACE.repeat(spaces.length)}`,
  );
}

/** To Slack what was escaped is text; the renderer would make a mention of it. */
function keepEscapes(text: string): string {
  return text.replaceAll(/&lt;(?=[!@#])/g, `&lt;${WORD_JOINER}`);
}

/** Text with Slack's own markup. */
export function showText(text: string, view: PersonView): Html {
  return text === '' ? raw('') : showBlocks([{ type: 'section', text: { type: 'mrkdwn', text } }], view);
}

/** One emoji by its name; the name itself when there is none. */
export function showEmoji(name: string, view: PersonView): string {
  const { html } = showText(`:${name}:`, view);
  return /<span class="slack_emoji">([^<]+)<\/span>/.exec(html)?.[1] ?? `:${name}:`;
}

function mentionNames(view: PersonView): NonNullable<MessageProps['data']> {
  const robot = { id: view.bot.userId, name: view.bot.name };
  return {
    users: [...view.people.map(({ id, handle }) => ({ id, name: handle })), robot],
    channels: view.channels.map(({ id, name }) => ({ id, name })),
    user_groups: [],
  };
}
