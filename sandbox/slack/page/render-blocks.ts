import { childBlocks, isInteractive, isObject, objects } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Json } from '../world/model.ts';
import { type Html, html, raw } from './html.ts';
import { controlId, plain, renderControl } from './render-control.ts';
import { renderTable } from './render-table.ts';
import { showBlocks } from './show-blocks.ts';

/** Blocks, and what this person chose in them so far. */
export interface BlocksToRender {
  readonly blocks: readonly Json[];
  /** `{ [block_id]: { [action_id]: value } }` */
  readonly state: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** Under the fields, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly view: PersonView;
}

type BlockRenderer = (block: Json, context: BlocksToRender) => Html;

/** The blocks that we draw ourselves; all others are shown by the renderer. */
const RENDERERS: Readonly<Record<string, BlockRenderer>> = {
  actions: (block, context) =>
    html`<div class="block-actions">${controls(objects(block.elements), block, context)}</div>`,
  context_actions: (block, context) =>
    html`<div class="block-actions small">${controls(objects(block.elements), block, context)}</div>`,
  input: renderInput,
  table: (block, { view }) => renderTable(block, view),
  data_table: (block, { view }) => renderTable(block, view),
  section: renderSection,
  container: renderContainer,
  image: renderImage,
};

export function renderBlocks(context: BlocksToRender): Html {
  return html`${context.blocks.map((block) => {
    const render = RENDERERS[String(block.type)];
    return render ? render(block, context) : showBlocks([block], context.view);
  })}`;
}

function renderSection(block: Json, context: BlocksToRender): Html {
  const { accessory, ...rest } = block;
  if (!isObject(accessory) || !isInteractive(accessory)) {
    return showBlocks([block], context.view);
  }
  return html`<div class="block-section">${showBlocks([rest], context.view)}<div class="accessory">${controls([accessory], block, context)}</div></div>`;
}

/** A picture that is a file of Slack is given out by this server. */
function renderImage(block: Json, { view }: BlocksToRender): Html {
  if (!isObject(block.slack_file)) {
    return showBlocks([block], view);
  }
  const address = `/files-pri/T-${encodeURIComponent(String(block.slack_file.id))}/picture`;
  return html`<figure class="file"><a href="${address}" target="_blank"
    ><img src="${address}" alt="${String(block.alt_text)}"></a></figure>`;
}

function renderContainer(block: Json, context: BlocksToRender): Html {
  const title = plain(block.title);
  return html`<section class="block-container">${title !== '' && html`<h4>${title}</h4>`}${renderBlocks({
    ...context,
    blocks: childBlocks(block),
  })}</section>`;
}

function renderInput(block: Json, context: BlocksToRender): Html {
  const element = isObject(block.element) ? block.element : {};
  const blockId = String(block.block_id);
  const error = context.errors?.[blockId];
  const label = plain(block.label);
  const hint = plain(block.hint);
  const optional = block.optional === true && html` <span class="optional">(optional)</span>`;
  return html`<div class="block-input" ${error !== undefined && html`data-invalid`}>
    <label class="input-label" for="${controlId({ element, blockId })}">${label}${optional}</label>
    ${controls([element], block, context)}
    ${hint !== '' && html`<div class="hint">${hint}</div>`}
    ${error !== undefined && html`<div class="field-error" role="alert">${error}</div>`}</div>`;
}

function controls(elements: readonly Json[], block: Json, { state, view }: BlocksToRender): Html {
  const blockId = String(block.block_id);
  const values = state[blockId] ?? {};
  const isField = block.type === 'input' && block.dispatch_action !== true;
  const label = plain(block.label) || plain(block.text);
  return html`${elements.map((element) =>
    isInteractive(element)
      ? renderControl({ element, blockId, value: values[String(element.action_id)] ?? {}, view, label, isField })
      : raw(''),
  )}`;
}
