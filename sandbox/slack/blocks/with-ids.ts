import type { Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { childBlocks, elementsOf, isInteractive } from './interactive.ts';

/** A copy of the blocks in which every block and every interactive element has an id, as Slack fills them in. */
export function withIds(world: World, blocks: readonly Json[]): Json[] {
  const copy = structuredClone(blocks) as Json[];
  for (const block of copy) {
    fill(world, block);
  }
  return copy;
}

function fill(world: World, block: Json): void {
  block.block_id ??= world.nextId('bk');
  for (const element of elementsOf(block).filter(isInteractive)) {
    element.action_id ??= world.nextId('ac');
  }
  for (const child of childBlocks(block)) {
    fill(world, child);
  }
}
