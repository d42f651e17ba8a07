import { labelOf, stateOf } from '../blocks/form-values.ts';
import { type Interactive, interactiveElements, objects } from '../blocks/interactive.ts';
import { findChannel, findPerson, HumanError, messagesSeenBy } from '../world/find.ts';
import { messageShape, viewShape } from '../world/message-shape.ts';
import { topModal } from '../world/modals.ts';
import type { Channel, FormValues, Json, StoredMessage, StoredView, User } from '../world/model.ts';
import { createTrigger } from '../world/tickets.ts';
import type { World } from '../world/world.ts';
import type { HumanDeps } from './human-deps.ts';

/**
 * Where an element is: in a message of a channel (`ts` missing: the newest that has it), in a modal (`view`: its id,
 * or `top`), or in the Home tab. Nothing given: the top modal.
 */
export interface Where {
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly view?: string | undefined;
  readonly home?: boolean | undefined;
}

export type Surface =
  | { readonly kind: 'message'; readonly message: StoredMessage; readonly channel: Channel }
  | { readonly kind: 'view'; readonly view: StoredView };

export interface Found {
  readonly user: User;
  readonly surface: Surface;
  readonly target: Interactive;
}

/**
 * @param action action id, `block_id/action_id`, what is written on a button, or its value
 * @throws HumanError that names what could be acted on instead
 */
export function findElement(world: World, as: string, { where, action }: { where: Where; action: string }): Found {
  const user = findPerson(world, as);
  const surfaces = surfacesAt(world, user, where);
  for (const surface of surfaces) {
    const target = interactiveElements(blocksOf(surface)).find((one) => isMeant(one, action));
    if (target !== undefined) {
      return { user, surface, target };
    }
  }
  const drawnAgain = findDrawnAgain(surfaces, action);
  if (drawnAgain !== undefined) {
    return { user, ...drawnAgain };
  }
  const there = surfaces.slice(0, 5).flatMap((surface) => interactiveElements(blocksOf(surface)).map(describe));
  throw new HumanError(
    `There is no "${action}" that ${user.handle} sees. There is: ${there.join(', ') || 'nothing to act on'}.`,
  );
}

/** Its block got another id by an edit while the person clicked; no other element of the message is like it. */
function findDrawnAgain(surfaces: readonly Surface[], action: string): Omit<Found, 'user'> | undefined {
  const [surface] = surfaces;
  const alike = surface
    ? interactiveElements(blocksOf(surface)).filter(({ actionId }) => action.endsWith(`/${actionId}`))
    : [];
  const [target] = alike;
  return surface !== undefined && target !== undefined && alike.length === 1 ? { surface, target } : undefined;
}

function isMeant({ actionId, blockId, element }: Interactive, action: string): boolean {
  return [actionId, `${blockId}/${actionId}`, labelOf(element), element.value].includes(action);
}

function describe({ actionId, element }: Interactive): string {
  const label = labelOf(element);
  return label === '' ? actionId : `${actionId} ("${label}")`;
}

/** The nearest first. */
function surfacesAt(world: World, user: User, where: Where): Surface[] {
  if (where.home === true) {
    const home = world.homes.get(user.id);
    return home === undefined ? [] : [{ kind: 'view', view: home }];
  }
  if (where.channel === undefined || where.view !== undefined) {
    const view = modalOf(world, user, where.view);
    return view === undefined ? [] : [{ kind: 'view', view }];
  }
  const channel = findChannel(world, user, where.channel);
  return messagesSeenBy(world, channel.id, user.id)
    .filter(({ ts }) => where.ts === undefined || ts === where.ts)
    .reverse()
    .map((message) => ({ kind: 'message', message, channel }));
}

/** The modal with this id, or the top one. Only one's own. */
export function modalOf(world: World, user: User, id: string | undefined): StoredView | undefined {
  const top = topModal(world, user.id);
  return id === undefined || id === 'top' || id === top?.id ? top : undefined;
}

function blocksOf(surface: Surface): Json[] {
  return surface.kind === 'message' ? surface.message.blocks : objects(surface.view.definition.blocks);
}

/** Under which a person's choices in a message are kept. */
export function messageKey({ channel, ts }: StoredMessage, user: User): string {
  return `${channel}/${ts}/${user.id}`;
}

/** What this person filled in there so far. */
export function valuesOf(world: World, { surface, user }: Pick<Found, 'surface' | 'user'>): FormValues {
  if (surface.kind === 'view') {
    return surface.view.values;
  }
  const key = messageKey(surface.message, user);
  const values = world.messageValues.get(key) ?? new Map();
  world.messageValues.set(key, values);
  return values;
}

/** What all interactions have. In a view the team is the person's, in a message it is the app's. */
export function interactionBase(deps: HumanDeps, user: User, teamId: string): Json {
  const { world, verificationToken } = deps;
  const team = world.teams.get(teamId);
  return {
    team: { id: teamId, domain: team?.domain ?? '' },
    user: { id: user.id, username: user.handle, name: user.handle, team_id: user.teamId },
    api_app_id: world.bot.appId,
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function newTrigger({ world, triggerTtlMs }: HumanDeps, user: User, viewId?: string): string {
  return createTrigger(world, { userId: user.id, ttlMs: triggerTtlMs, viewId }).id;
}

/** Where the element is, as block_actions and block_suggestion tell it. */
export function surfaceFields(deps: HumanDeps, { surface, user }: Pick<Found, 'surface' | 'user'>): Json {
  const { world, baseUrl } = deps;
  if (surface.kind === 'view') {
    return { container: { type: 'view', view_id: surface.view.id }, view: viewWithState(world, surface.view) };
  }
  const { message, channel } = surface;
  const isEphemeral = message.visibleTo !== undefined;
  const { ts, threadTs } = message;
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: { id: channel.id, name: channel.name },
    ...(isEphemeral ? {} : { message: messageShape(world, message, baseUrl) }),
    state: { values: stateOf(message.blocks, valuesOf(world, { surface, user })) },
  };
}

export function viewWithState(world: World, view: StoredView): Json {
  const values = stateOf(objects(view.definition.blocks), view.values);
  return { ...viewShape(world, view, world.users.get(view.userId)), state: { values } };
}
