import { type Answer, answerToValue, keepsValue } from '../blocks/form-values.ts';
import { isObject } from '../blocks/interactive.ts';
import { HumanError } from '../world/find.ts';
import type { Json } from '../world/model.ts';
import { createHook } from '../world/tickets.ts';
import type { HumanDeps } from './human-deps.ts';
import {
  type Found,
  findElement,
  interactionBase,
  messageKey,
  newTrigger,
  surfaceFields,
  valuesOf,
  type Where,
} from './interaction.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { suggest, suggestionKey } from './suggest.ts';

const TROUBLE = {
  operation_timeout: 'Operation timed out. Apps need to respond within 3 seconds.',
  dispatch_failed: 'This app is not responding.',
} as const;

/** Presses a button. A confirmation dialog counts as confirmed. */
export async function click(deps: HumanDeps, as: string, press: { where: Where; action: string }): Promise<Outcome> {
  const found = findElement(deps.world, as, press);
  if (keepsValue(found.target.element) || found.target.element.type === 'overflow') {
    throw new HumanError(`"${press.action}" is a ${String(found.target.element.type)}: choose a value with select.`);
  }
  const { element } = found.target;
  return sendAction(deps, found, typeof element.value === 'string' ? { value: element.value } : {});
}

/** Chooses in a menu, ticks, picks a date, types. In a form it only fills in; elsewhere the app is told at once. */
export async function select(
  deps: HumanDeps,
  as: string,
  choice: { where: Where; action: string; value: Answer },
): Promise<Outcome> {
  const found = findElement(deps.world, as, choice);
  const { block, blockId, actionId, element, isInput } = found.target;
  const value = await resolveAnswer(deps, found, choice.value);
  if (keepsValue(element)) {
    valuesOf(deps.world, found).set(`${blockId}/${actionId}`, value);
    deps.world.changed();
  }
  const { type: _, ...chosen } = value;
  return isInput && block.dispatch_action !== true ? { ok: true } : sendAction(deps, found, chosen);
}

/**
 * The value that an answer means for an element; asks the app for the options of an external select.
 * @throws HumanError when it is not among the options
 */
export async function resolveAnswer(deps: HumanDeps, found: Found, answer: Answer): Promise<Json> {
  const { element, actionId } = found.target;
  const key = suggestionKey(found.user, actionId);
  const known = answerToValue(element, answer, deps.world.suggestions.get(key));
  if (known !== undefined) {
    return known;
  }
  if (String(element.type).includes('external_select')) {
    await suggest(deps, found, String(answer));
  }
  const value = answerToValue(element, answer, deps.world.suggestions.get(key));
  if (value === undefined) {
    throw new HumanError(`"${answer}" cannot be chosen in "${actionId}", which is a ${String(element.type)}.`);
  }
  return value;
}

async function sendAction(deps: HumanDeps, found: Found, chosen: Json): Promise<Outcome> {
  const startedAt = Date.now();
  const payload = actionPayload(deps, found, chosen);
  const ack = await deps.courier.deliver({
    kind: 'interactive',
    what: 'block_actions',
    payload,
    userId: found.user.id,
  });
  tell(deps, found, ack.ok ? undefined : TROUBLE[ack.error]);
  return outcomeOf(ack, startedAt);
}

function actionPayload(deps: HumanDeps, found: Found, chosen: Json): Json {
  const { world, baseUrl } = deps;
  const { user, surface } = found;
  const isView = surface.kind === 'view';
  const hook = isView
    ? undefined
    : createHook(world, {
        channel: surface.channel.id,
        userId: user.id,
        originalTs: surface.message.ts,
        threadTs: surface.message.threadTs,
      });
  return {
    type: 'block_actions',
    ...interactionBase(deps, user, isView ? user.teamId : world.home.id),
    trigger_id: newTrigger(
      deps,
      user,
      isView && surface.view.definition.type === 'modal' ? surface.view.id : undefined,
    ),
    ...surfaceFields(deps, found),
    ...(hook === undefined ? {} : { response_url: `${baseUrl}/response/${hook.id}` }),
    actions: [actionEntry(found, chosen, world.nextTs())],
  };
}

function actionEntry({ target }: Found, chosen: Json, actionTs: string): Json {
  const { element, actionId, blockId } = target;
  return {
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    action_ts: actionTs,
    ...(isObject(element.text) ? { text: element.text } : {}),
    ...(typeof element.style === 'string' ? { style: element.style } : {}),
    ...chosen,
  };
}

/** What Slack's client shows beside the element when the app did not answer; undefined takes it away. */
function tell({ world }: HumanDeps, { surface, user }: Found, notice: string | undefined): void {
  if (surface.kind === 'view') {
    surface.view.notice = notice;
  } else if (notice === undefined) {
    world.notices.delete(messageKey(surface.message, user));
  } else {
    world.notices.set(messageKey(surface.message, user), notice);
  }
  world.changed();
}
