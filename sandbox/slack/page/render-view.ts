import { objects } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import { type Html, html } from './html.ts';
import { renderBlocks } from './render-blocks.ts';
import { plain } from './render-control.ts';

/** The modal on top, with its buttons. */
export function renderModal(view: PersonView): Html | undefined {
  const { modal } = view;
  if (modal === undefined) {
    return undefined;
  }
  const { definition, state, errors, notice } = { ...modal, definition: modal.view };
  const submit = plain(definition.submit);
  const close = plain(definition.close) || (modal.depth > 1 ? 'Back' : 'Cancel');
  return html`<form class="modal-form" data-view="${modal.id}" method="dialog" novalidate>
    <header><h2>${plain(definition.title)}</h2><button type="button" class="icon" data-close-modal aria-label="Close">✕</button></header>
    <div class="modal-body">
      ${notice !== undefined && html`<div class="notice" role="alert">⚠ ${notice}</div>`}
      ${renderBlocks({ blocks: objects(definition.blocks), state, errors, view })}
    </div>
    <footer><button type="button" class="button" data-close-modal>${close}</button>
      ${submit !== '' && html`<button type="submit" class="button primary">${submit}</button>`}</footer></form>`;
}

/** The app's Home tab as it was published for this person. */
export function renderHome(view: PersonView): Html {
  const { home, bot } = view;
  if (home === undefined) {
    return html`<div class="empty"><p class="empty-title">${bot.name} has not filled this page yet.</p>
      <p>It does so when somebody opens it. Give it a second.</p></div>`;
  }
  const blocks = objects(home.view.blocks);
  return html`<div class="home-blocks" data-home>${renderBlocks({ blocks, state: home.state, view })}</div>`;
}
