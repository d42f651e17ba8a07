import { html } from 'hono/html';
import { COMMAND_WORD, MENTION_WORD } from './command-word.ts';
import { type AssetPaths, type Html, page } from './dashboard-layout.ts';

const ASK_AGAIN = `${COMMAND_WORD} dashboard`;

/** Opened by scanners of links too, so looking at it does nothing: the button uses the link up. */
export function signInPage(token: string, assets: AssetPaths): Html {
  return notice(
    { title: 'Sign in', assets },
    html`<p>This link is yours alone and works once.</p>
<form method="post" action="/sign-in"><input type="hidden" name="token" value="${token}">
<button class="primary" type="submit">Sign in</button></form>`,
  );
}

export function signInRefusedPage(assets: AssetPaths): Html {
  return notice(
    { title: 'This link does not work', assets },
    html`<p>A link works once and for 10 minutes. It was used, or is too old.</p>
<p>Write <code>${ASK_AGAIN}</code> in Slack for a new one.</p>`,
  );
}

/** For whoever has no session, at every address. */
export function signedOutPage(assets: AssetPaths): Html {
  return notice(
    { title: 'You are not signed in', assets },
    html`<p>Write <code>${ASK_AGAIN}</code> in Slack: it gives you a personal link to these pages.</p>
<p class="quiet">People who cannot use the command mention the bot: <code>${MENTION_WORD} dashboard</code>.</p>`,
  );
}

export function tooManyTriesPage(assets: AssetPaths): Html {
  return notice({ title: 'Too many tries', assets }, html`<p>Please try again in a minute.</p>`);
}

/** Tells nothing apart, so that nobody learns which names there are. */
export function notFoundPage(assets: AssetPaths): Html {
  return notice(
    { title: 'Nothing here', assets },
    html`<p>There is nothing here, or you may not see it.</p><p><a href="/">Everything that you may see</a></p>`,
  );
}

export function refusedPage(assets: AssetPaths): Html {
  return notice({ title: 'Refused', assets }, html`<p>This request was not made by a page of msops.</p>`);
}

/** @param id is also in the log. */
export function errorPage(id: string, assets: AssetPaths): Html {
  return notice(
    { title: 'Something went wrong', assets },
    html`<p>msops could not show this page. Please try again in a minute.</p>
<p class="quiet">If it stays so, tell whoever runs msops: <code>${id}</code></p>`,
  );
}

function notice(frame: { title: string; assets: AssetPaths }, content: Html): Html {
  return page(frame, html`<section class="notice"><h1>${frame.title}</h1>${content}</section>`);
}
