import type { ActionsBlock, Button, ContextBlock, SectionBlock, TableBlock } from '@slack/types';
import { clean, cut, cutMrkdwn } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

const { section: sectionLimits, context: contextLimits, table: tableLimits, message: messageLimits } = SLACK_LIMITS;

export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cutMrkdwn(text, sectionLimits.text) } };
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cutMrkdwn(text, contextLimits.text) }] };
}

/** A button remembers in `value` what it is for; one that remembers too much is left out. */
export function button(label: string, actionId: string, value: string): Button | undefined {
  return value.length > SLACK_LIMITS.button.value
    ? undefined
    : {
        type: 'button',
        action_id: actionId,
        value,
        text: { type: 'plain_text', text: cut(label, SLACK_LIMITS.button.text) },
      };
}

export function styled(drawn: Button | undefined, style: 'primary' | 'danger'): Button | undefined {
  return drawn && { ...drawn, style };
}

/** The section with a button beside it, when there is one. */
export function withButton(block: SectionBlock, accessory: Button | undefined): SectionBlock {
  return accessory ? { ...block, accessory } : block;
}

export function actions(...buttons: readonly (Button | undefined)[]): readonly ActionsBlock[] {
  const elements = buttons.filter((element) => element !== undefined);
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

export interface PackedLines {
  readonly sections: readonly SectionBlock[];
  /** How many lines found no room. */
  readonly left: number;
}

/** As many whole lines as fit in `maxSections` sections. */
export function packLines(lines: readonly string[], maxSections: number): PackedLines {
  const texts: string[] = [];
  let taken = 0;
  for (const line of lines) {
    const last = texts.at(-1);
    const grown = last === undefined ? undefined : `${last}\n${line}`;
    if (grown !== undefined && grown.length <= sectionLimits.text) {
      texts[texts.length - 1] = grown;
    } else if (texts.length < maxSections) {
      texts.push(line);
    } else {
      break;
    }
    taken += 1;
  }
  return { sections: texts.map(section), left: lines.length - taken };
}

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Whether long text goes on in another line. */
  readonly wraps?: true;
}

export interface FittedTable {
  readonly block: TableBlock;
  /** How many rows found no room. */
  readonly left: number;
}

const LONGEST_CELL = 80;

/** A table of as many rows as Slack takes: 100 with the header, and 10,000 characters over all cells. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): FittedTable {
  const header = columns.map(({ title }) => title);
  const fitted: (readonly string[])[] = [header];
  let characters = lengthOf(header);
  for (const row of rows) {
    const shown = row.map((text) => cut(clean(text), LONGEST_CELL) || '–');
    characters += lengthOf(shown);
    if (fitted.length >= tableLimits.rows || characters > messageLimits.tableCharacters) {
      break;
    }
    fitted.push(shown);
  }
  const block: TableBlock = {
    type: 'table',
    column_settings: columns.map(({ align = 'left', wraps }) => ({ align, ...(wraps ? { is_wrapped: true } : {}) })),
    rows: fitted.map((row) => row.map((text) => ({ type: 'raw_text', text }))),
  };
  return { block, left: rows.length - (fitted.length - 1) };
}

function lengthOf(row: readonly string[]): number {
  return row.reduce((sum, text) => sum + text.length, 0);
}
