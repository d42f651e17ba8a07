import { checkView } from '../blocks/check-view.ts';
import { isObject } from '../blocks/interactive.ts';
import { viewShape } from '../world/message-shape.ts';
import { openModal, publishHome, pushModal, updateView } from '../world/modals.ts';
import type { Json, StoredView, Trigger } from '../world/model.ts';
import { type ApiContext, type ApiMethods, requireUser, SlackApiError, writeMethod } from './api-method.ts';
import { describeViolations } from './message-content.ts';

/** `views.*`. */
export const VIEW_METHODS: ApiMethods = {
  'views.open': writeMethod([], open),
  'views.push': writeMethod([], push),
  'views.update': writeMethod([], update),
  'views.publish': writeMethod([], publish),
};

function open(args: Json, context: ApiContext): Json {
  const definition = readView(args.view, 'modal');
  const { userId } = exchangeTrigger(args, context);
  return shown(openModal(context.world, userId, definition), context);
}

function push(args: Json, context: ApiContext): Json {
  const definition = readView(args.view, 'modal');
  const { userId, viewId } = exchangeTrigger(args, context);
  if (viewId === undefined) {
    throw new SlackApiError('view_not_found');
  }
  const view = pushModal(context.world, userId, definition);
  if (view === undefined) {
    throw new SlackApiError('push_limit_reached');
  }
  return shown(view, context);
}

function update(args: Json, context: ApiContext): Json {
  const view = [...context.world.views.values()].find(
    ({ id, definition }) =>
      id === args.view_id || (args.external_id !== undefined && definition.external_id === args.external_id),
  );
  if (view === undefined) {
    throw new SlackApiError('not_found');
  }
  checkHash(view, args.hash);
  updateView(context.world, view, readView(args.view, view.definition.type === 'home' ? 'home' : 'modal'));
  return shown(view, context);
}

function publish(args: Json, context: ApiContext): Json {
  const { world } = context;
  const definition = readView(args.view, 'home');
  const user = requireUser(context, args.user_id);
  if (user.teamId !== world.home.id || user.isBot) {
    throw new SlackApiError('user_not_found');
  }
  const current = world.homes.get(user.id);
  if (current !== undefined) {
    checkHash(current, args.hash);
  }
  return shown(publishHome(world, user.id, definition), context);
}

function checkHash(view: StoredView, hash: unknown): void {
  if (hash !== undefined && hash !== '' && hash !== view.hash) {
    throw new SlackApiError('hash_conflict');
  }
}

function shown(view: StoredView, { world }: ApiContext): Json {
  return { view: viewShape(world, view, world.users.get(view.userId)) };
}

/**
 * The view of a call or of an ack, checked as Slack does.
 * @throws SlackApiError `invalid_arguments`
 */
export function readView(view: unknown, type: 'modal' | 'home'): Json {
  const violations = checkView(view, type);
  if (violations.length > 0 || !isObject(view)) {
    throw new SlackApiError('invalid_arguments', describeViolations(violations));
  }
  return view;
}

/** A trigger lives three seconds and is good for one view. */
function exchangeTrigger(args: Json, { world }: ApiContext): Trigger {
  const trigger = world.triggers.get(String(args.trigger_id ?? args.interactivity_pointer));
  if (trigger === undefined) {
    throw new SlackApiError('invalid_trigger_id');
  }
  if (trigger.used) {
    throw new SlackApiError('exchanged_trigger_id');
  }
  if (trigger.expiresAt <= Date.now()) {
    throw new SlackApiError('expired_trigger_id');
  }
  trigger.used = true;
  return trigger;
}
