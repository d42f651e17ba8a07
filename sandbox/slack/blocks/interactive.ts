import type { Json } from '../world/model.ts';

const STATIC_ELEMENTS = ['image', 'plain_text', 'mrkdwn', 'url'];

/** An element that a person can act on, with the block that holds it. */
export interface Interactive {
  readonly block: Json;
  readonly element: Json;
  readonly blockId: string;
  readonly actionId: string;
  /** Inside an `input` block: acting on it only fills the form, unless `dispatch_action` is set. */
  readonly isInput: boolean;
}

/** Every interactive element of the blocks, nested ones too, in reading order. */
export function interactiveElements(blocks: readonly Json[]): Interactive[] {
  return blocks.flatMap((block) => [
    ...elementsOf(block)
      .filter(isInteractive)
      .map((element) => ({
        block,
        element,
        blockId: String(block.block_id),
        actionId: String(element.action_id),
        isInput: block.type === 'input',
      })),
    ...interactiveElements(childBlocks(block)),
  ]);
}

export function isInteractive(element: Json): boolean {
  return typeof element.type === 'string' && !STATIC_ELEMENTS.includes(element.type);
}

/** The elements that sit directly in a block, images and texts too. */
export function elementsOf(block: Json): Json[] {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return objects(block.elements);
    case 'section':
      return objects([block.accessory]);
    case 'input':
      return objects([block.element]);
    case 'card':
      return objects(block.actions);
    default:
      return [];
  }
}

export function childBlocks(block: Json): Json[] {
  if (block.type === 'carousel') {
    return objects(block.elements);
  }
  return block.type === 'container' ? objects(block.child_blocks) : [];
}

/** The members of a list that are objects; nothing when it is no list. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
