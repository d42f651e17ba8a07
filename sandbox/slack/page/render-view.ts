import { objects } from '../blocks/interactive.ts';
import { openModals, topModal } from '../world/modals.ts';
import { type Html, html } from './html.ts';
import { renderBlocks } from './render-blocks.ts';
import { plain } from './render-control.ts';
import type { Sight } from './viewer.ts';

/** The modal on top, with its buttons. */
export function renderModal({ world, viewer }: Sight): Html | undefined {
  const view = topModal(world, viewer.id);
  if (view === undefined) {
    return undefined;
  }
  const { definition, values, errors, notice } = view;
  const submit = plain(definition.submit);
  const isStacked = openModals(world, viewer.id).length > 1;
  return html`<form class="modal-form" data-view="${view.id}" data-hash="${view.hash}" method="dialog" novalidate>
    <header><h2>${plain(definition.title)}</h2><button type="button" class="icon" data-close-modal aria-label="Close">✕</button></header>
    <div class="modal-body">
      ${notice !== undefined && html`<div class="notice" role="alert">⚠ ${notice}</div>`}
      ${renderBlocks({ blocks: objects(definition.blocks), values, errors, world })}
    </div>
    <footer><button type="button" class="button" data-close-modal>${plain(definition.close) || (isStacked ? 'Back' : 'Cancel')}</button>
      ${submit !== '' && html`<button type="submit" class="button primary">${submit}</button>`}</footer></form>`;
}

/** The app's Home tab as it was published for this person. */
export function renderHome({ world, viewer }: Sight): Html {
  const view = world.homes.get(viewer.id);
  if (view === undefined) {
    return html`<div class="empty"><p class="empty-title">${world.bot.name} has not filled this page yet.</p>
      <p>It does so when you open it. Give it a second.</p></div>`;
  }
  const blocks = objects(view.definition.blocks);
  return html`<div class="home-blocks" data-view="${view.id}">${renderBlocks({ blocks, values: view.values, world })}</div>`;
}
