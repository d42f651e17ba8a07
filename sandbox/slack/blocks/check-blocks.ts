import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import type { Json } from '../world/model.ts';
import { BLOCK_RULES } from './block-rules.ts';
import { childBlocks, elementsOf, objects } from './interactive.ts';
import { byType, list, type Place, placeAt, type Violation } from './rules.ts';

export type Surface = 'message' | 'modal' | 'home';

const RULES = {
  message: byType({ ...BLOCK_RULES.any, ...BLOCK_RULES.message }),
  modal: byType({ ...BLOCK_RULES.any, ...BLOCK_RULES.modal }),
  home: byType(BLOCK_RULES.any),
};

/** Everything that Slack would refuse, empty when it would take the blocks. `pointer` is where the list is: `/blocks`. */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): Violation[] {
  const violations: Violation[] = [];
  const place = placeAt(pointer, violations);
  const max = surface === 'message' ? SLACK_LIMITS.message.blocks : SLACK_LIMITS.view.blocks;
  list(RULES[surface], { max, min: 0 })(blocks, place);
  checkIds(objects(blocks), place);
  if (surface === 'message') {
    checkTotals(objects(blocks), place);
  }
  return violations;
}

/** Slack answers with this word of its own when a message has two tables. */
export function hasTwoTables(blocks: unknown): boolean {
  return objects(blocks).filter(({ type }) => type === 'table').length > 1;
}

/** A block id may occur once in a message, an action id once in its block. */
function checkIds(blocks: readonly Json[], place: Place): void {
  const seen = new Set<unknown>();
  blocks.forEach((block, index) => {
    const id = block.block_id;
    if (id !== undefined && seen.has(id)) {
      place.child(index).child('block_id').report(`\`block_id\` "${id}" already exists`);
    }
    seen.add(id);
    checkActionIds(block, place.child(index));
  });
}

function checkActionIds(block: Json, place: Place): void {
  const ids = elementsOf(block).flatMap((element) => element.action_id ?? []);
  if (new Set(ids).size < ids.length) {
    place.child('elements').report('`action_id` must be unique within a block');
  }
  childBlocks(block).forEach((child, index) => {
    checkActionIds(child, place.child(block.type === 'carousel' ? 'elements' : 'child_blocks').child(index));
  });
}

function checkTotals(blocks: readonly Json[], place: Place): void {
  const { markdown, tableCharacters, dataTableCharacters } = SLACK_LIMITS.message;
  checkTotal(blocks, { type: 'markdown', max: markdown }, place);
  checkTotal(blocks, { type: 'table', max: tableCharacters }, place);
  checkTotal(blocks, { type: 'data_table', max: dataTableCharacters }, place);
}

function checkTotal(blocks: readonly Json[], limit: { type: string; max: number }, place: Place): void {
  const total = blocks.filter(({ type }) => type === limit.type).reduce((sum, block) => sum + charactersIn(block), 0);
  if (total > limit.max) {
    place.report(`the ${limit.type} blocks of a message must have less than ${limit.max + 1} characters together`);
  }
}

/** Counts the texts of a block: every `text` and every `value` at any depth. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, member) => sum + charactersIn(member), 0);
  }
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  return Object.entries(value).reduce((sum, [key, field]) => sum + charactersOf(key, field), 0);
}

function charactersOf(key: string, field: unknown): number {
  const isText = key === 'text' || key === 'value';
  return isText && (typeof field === 'string' || typeof field === 'number')
    ? String(field).length
    : charactersIn(field);
}
