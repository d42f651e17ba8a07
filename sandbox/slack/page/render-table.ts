import { isObject, objects } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Json } from '../world/model.ts';
import { type Html, html } from './html.ts';
import { showBlocks } from './show-blocks.ts';

/** A `table` or `data_table` block as a table that screen readers understand: its first row is the heading. */
export function renderTable(block: Json, view: PersonView): Html {
  const [heading, ...rows] = rowsOf(block);
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const look = (column: number): string => {
    const setting: unknown = settings[column];
    const { align = 'left', is_wrapped: isWrapped } = isObject(setting) ? setting : {};
    return `${align}${isWrapped === true ? ' wrapped' : ''}`;
  };
  const caption = typeof block.caption === 'string' ? html`<caption>${block.caption}</caption>` : undefined;
  const cells = (row: readonly Json[], column: (content: Html, look: string) => Html) =>
    row.map((cell, index) => column(renderCell(cell, view), look(index)));
  return html`<div class="table-scroll" role="region" aria-label="Table" tabindex="0"><table class="block-table">
    ${caption}<thead><tr>${cells(heading ?? [], (content, side) => html`<th scope="col" class="${side}">${content}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr>${cells(row, (content, side) => html`<td class="${side}">${content}</td>`)}</tr>`,
    )}</tbody></table></div>`;
}

/** `rows` is a list of lists of cells. */
export function rowsOf(block: Json): Json[][] {
  return Array.isArray(block.rows) ? block.rows.map((row: unknown) => objects(row)) : [];
}

function renderCell(cell: Json, view: PersonView): Html {
  switch (cell.type) {
    case 'rich_text':
      return showBlocks([cell], view);
    case 'raw_number':
      return html`${String(cell.text ?? cell.value ?? '')}`;
    default:
      return html`${String(cell.text ?? '')}`;
  }
}
