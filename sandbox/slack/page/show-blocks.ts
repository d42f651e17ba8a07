import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type Html, raw } from './html.ts';

/**
 * Draws blocks that nobody can act on. The one place that knows the renderer; what it leaves out
 * (controls, inputs and tables) is drawn by `render-blocks.ts`.
 */
export function showBlocks(blocks: readonly Json[], world: World): Html {
  if (blocks.length === 0) {
    return raw('');
  }
  const element = createElement(Message, {
    blocks: blocks as unknown as MessageProps['blocks'],
    data: mentionNames(world),
    logo: '',
    name: '',
    withoutWrapper: true,
  });
  const markup = renderToStaticMarkup(element);
  // Its id would be there once a message, and its theme would not follow the page's.
  return raw(markup.replace('<div id="slack_blocks_to_jsx" data-theme="light"', '<div'));
}

/** Text with Slack's own markup. */
export function showText(text: string, world: World): Html {
  return text === '' ? raw('') : showBlocks([{ type: 'section', text: { type: 'mrkdwn', text } }], world);
}

/** One emoji by its name; the name itself when there is none. */
export function showEmoji(name: string, world: World): string {
  const { html } = showText(`:${name}:`, world);
  return /<span class="slack_emoji">([^<]+)<\/span>/.exec(html)?.[1] ?? `:${name}:`;
}

function mentionNames(world: World): NonNullable<MessageProps['data']> {
  return {
    users: [...world.users.values()].map(({ id, handle }) => ({ id, name: handle })),
    channels: [...world.channels.values()].map(({ id, name }) => ({ id, name })),
    user_groups: [],
  };
}
