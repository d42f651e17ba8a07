import { isObject, objects } from '../slack/blocks/interactive.ts';
import type { PersonView } from '../slack/http/person-view.ts';
import { rowsOf } from '../slack/page/render-table.ts';
import type { Json } from '../slack/world/model.ts';
import { alignedTable } from './aligned-table.ts';
import { plainRichText, plainText } from './plain-text.ts';

type BlockText = (block: Json, view: PersonView) => string;

const TEXTS: Readonly<Record<string, BlockText>> = {
  actions: (block, view) => controls(objects(block.elements), view),
  context: (block, view) =>
    objects(block.elements)
      .map((one) => plainText(one, view))
      .join(' '),
  divider: () => '────────',
  image: (block) => `[picture: ${String(block.alt_text)}]`,
  input: (block, view) => `${plainText(block.label, view)}: ______  (${String(block.block_id)})`,
  markdown: (block) => String(block.text),
  rich_text: plainRichText,
  section: sectionText,
  table: tableText,
  data_table: tableText,
};

/** What blocks say, one below the other. A kind that is not known shows its name, so that nothing is missed. */
export function blocksText(blocks: readonly Json[], view: PersonView): string {
  const texts = blocks.map((block) => {
    const text = TEXTS[String(block.type)] ?? otherText;
    return text(block, view);
  });
  return texts.filter((text) => text !== '').join('\n');
}

function sectionText(block: Json, view: PersonView): string {
  const fields = objects(block.fields).map((field) => plainText(field, view));
  const accessory = isObject(block.accessory) ? controls([block.accessory], view) : '';
  return [plainText(block.text, view), ...fields, accessory].filter((text) => text !== '').join('\n');
}

function tableText(block: Json, view: PersonView): string {
  const settings: unknown[] = Array.isArray(block.column_settings) ? block.column_settings : [];
  const alignments = settings.map((setting) => (isObject(setting) ? String(setting.align ?? 'left') : 'left'));
  const rows = rowsOf(block).map((row) => row.map((cell) => cellText(cell, view).replaceAll('\n', ', ')));
  return alignedTable(rows, alignments);
}

function cellText(cell: Json, view: PersonView): string {
  return cell.type === 'rich_text' ? plainRichText(cell, view) : String(cell.text ?? cell.value ?? '');
}

/** Buttons as `[Check again]`, menus as `[Host ▾]`. */
function controls(elements: readonly Json[], view: PersonView): string {
  return elements
    .filter(({ type }) => type !== 'image')
    .map((element) => {
      const label = plainText(element.text, view) || plainText(element.placeholder, view) || String(element.action_id);
      return String(element.type).includes('button') ? `[${label}]` : `[${label} ▾]`;
    })
    .join(' ');
}

function otherText(block: Json, view: PersonView): string {
  const said = [block.title, block.text, block.subtitle, block.body].map((text) => plainText(text, view));
  return said.filter((text) => text !== '').join('\n') || `[${String(block.type)}]`;
}
