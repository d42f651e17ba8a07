import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message, type MessageProps } from 'slack-blocks-to-jsx';
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
    blocks: blocks as unknown as MessageProps['blocks'],
    data: mentionNames(view),
    logo: '',
    name: '',
    withoutWrapper: true,
  });
  const markup = renderToStaticMarkup(element);
  // Its id would be there once a message, and its theme would not follow the page's.
  return raw(markup.replace('<div id="slack_blocks_to_jsx" data-theme="light"', '<div'));
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
