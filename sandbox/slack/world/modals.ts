import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import { objects } from '../blocks/interactive.ts';
import { withIds } from '../blocks/with-ids.ts';
import type { Json, StoredView } from './model.ts';
import type { World } from './world.ts';

/** The modals of a person from the bottom to the top. */
export function openModals(world: World, userId: string): StoredView[] {
  return (world.stacks.get(userId) ?? []).flatMap((id) => world.views.get(id) ?? []);
}

export function topModal(world: World, userId: string): StoredView | undefined {
  return openModals(world, userId).at(-1);
}

/** Opens the first modal of a person; one that was open is gone. */
export function openModal(world: World, userId: string, definition: Json): StoredView {
  closeAll(world, userId);
  return stack(world, userId, definition);
}

/** @returns undefined when three are open already */
export function pushModal(world: World, userId: string, definition: Json): StoredView | undefined {
  const isFull = openModals(world, userId).length >= SLACK_LIMITS.view.stack;
  return isFull ? undefined : stack(world, userId, definition);
}

function stack(world: World, userId: string, definition: Json): StoredView {
  const below = openModals(world, userId);
  const view = createView(world, userId, {
    definition,
    rootViewId: below[0]?.id,
    previousViewId: below.at(-1)?.id,
  });
  world.stacks.set(userId, [...below.map(({ id }) => id), view.id]);
  world.changed();
  return view;
}

function createView(
  world: World,
  userId: string,
  content: { definition: Json; rootViewId?: string | undefined; previousViewId?: string | undefined },
): StoredView {
  const id = world.nextId('V');
  const view: StoredView = {
    id,
    userId,
    definition: filled(world, content.definition),
    hash: world.nextTs(),
    rootViewId: content.rootViewId ?? id,
    previousViewId: content.previousViewId,
    values: new Map(),
    errors: {},
  };
  world.views.set(id, view);
  return view;
}

function filled(world: World, definition: Json): Json {
  return { ...definition, blocks: withIds(world, objects(definition.blocks)) };
}

/** Shows something else in the same view. What the person filled in stays where block and action ids stay. */
export function updateView(world: World, view: StoredView, definition: Json): void {
  view.definition = filled(world, definition);
  view.hash = world.nextTs();
  view.errors = {};
  view.notice = undefined;
  world.changed();
}

/** The Home tab keeps its view's id from the first time on. */
export function publishHome(world: World, userId: string, definition: Json): StoredView {
  const current = world.homes.get(userId);
  if (current !== undefined) {
    updateView(world, current, definition);
    return current;
  }
  const view = createView(world, userId, { definition });
  world.homes.set(userId, view);
  world.changed();
  return view;
}

/** Closes the top modal; the one below is seen again. */
export function closeTop(world: World, userId: string): void {
  const below = openModals(world, userId).slice(0, -1);
  const top = topModal(world, userId);
  if (top !== undefined) {
    world.views.delete(top.id);
  }
  world.stacks.set(
    userId,
    below.map(({ id }) => id),
  );
  world.changed();
}

export function closeAll(world: World, userId: string): void {
  for (const { id } of openModals(world, userId)) {
    world.views.delete(id);
  }
  world.stacks.delete(userId);
  world.changed();
}
