import { type Answer, clientErrors } from '../blocks/form-values.ts';
import { type Interactive, interactiveElements, isObject, objects } from '../blocks/interactive.ts';
import { SlackApiError } from '../web-api/api-method.ts';
import { readView } from '../web-api/views.ts';
import { findPerson, HumanError } from '../world/find.ts';
import { closeAll, closeTop, openModals, pushModal, updateView } from '../world/modals.ts';
import type { Json, StoredView, User } from '../world/model.ts';
import { resolveAnswer } from './act.ts';
import type { HumanDeps } from './human-deps.ts';
import { interactionBase, modalOf, newTrigger, viewWithState } from './interaction.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/** By block id, action id, or the label that is written above the field. */
export type Answers = Readonly<Record<string, Answer>>;

/** Fills in a modal and presses its submit button. Slack's client first checks what it can check itself. */
export async function submit(
  deps: HumanDeps,
  as: string,
  { answers = {}, viewId }: { answers?: Answers; viewId?: string | undefined },
): Promise<Outcome> {
  const user = findPerson(deps.world, as);
  const view = requireModal(deps, user, viewId);
  await fillIn(deps, { user, view }, answers);
  const blocks = objects(view.definition.blocks);
  view.errors = clientErrors(blocks, view.values);
  deps.world.changed();
  if (Object.keys(view.errors).length > 0) {
    return { ok: false, error: 'required_fields', errors: view.errors };
  }
  const startedAt = Date.now();
  const payload = {
    type: 'view_submission',
    ...interactionBase(deps, user, user.teamId),
    trigger_id: newTrigger(deps, user, view.id),
    response_urls: [],
    view: viewWithState(deps.world, view),
  };
  const ack = await deps.courier.deliver({ kind: 'interactive', what: 'view_submission', payload, userId: user.id });
  const problem = ack.ok ? takeAnswer(deps, view, ack.body) : { error: ack.error };
  view.notice = problem === undefined || problem.errors !== undefined ? undefined : TROUBLE;
  deps.world.changed();
  const outcome = outcomeOf(ack, startedAt);
  return problem === undefined ? outcome : { ...outcome, ok: false, ...problem };
}

/** Closes the top modal, or with `isAll` the whole stack. The app is told where it asked for it. */
export async function close(
  deps: HumanDeps,
  as: string,
  { viewId, isAll = false }: { viewId?: string | undefined; isAll?: boolean | undefined } = {},
): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  const top = requireModal(deps, user, viewId);
  const closed = isAll ? openModals(world, user.id).reverse() : [top];
  isAll ? closeAll(world, user.id) : closeTop(world, user.id);
  const startedAt = Date.now();
  const told = closed.filter(({ definition }) => definition.notify_on_close === true);
  const acks = await Promise.all(told.map((view) => tellClosed(deps, { user, view, isCleared: isAll })));
  return outcomeOf(acks.find(({ ok }) => !ok) ?? { ok: true, body: undefined }, startedAt);
}

function tellClosed(deps: HumanDeps, { user, view, isCleared }: { user: User; view: StoredView; isCleared: boolean }) {
  const payload = {
    type: 'view_closed',
    ...interactionBase(deps, user, user.teamId),
    view: viewWithState(deps.world, view),
    is_cleared: isCleared,
  };
  return deps.courier.deliver({ kind: 'interactive', what: 'view_closed', payload, userId: user.id });
}

function requireModal({ world }: HumanDeps, user: User, id: string | undefined): StoredView {
  const view = modalOf(world, user, id);
  if (view === undefined) {
    throw new HumanError(`${user.handle} has no ${id === undefined ? 'modal' : `modal "${id}" on top`} open.`);
  }
  return view;
}

async function fillIn(deps: HumanDeps, who: { user: User; view: StoredView }, answers: Answers): Promise<void> {
  const { user, view } = who;
  const fields = interactiveElements(objects(view.definition.blocks));
  for (const [name, answer] of Object.entries(answers)) {
    const target = fields.find((field) => namesOf(field).includes(name));
    if (target === undefined) {
      const known = fields.map(({ blockId }) => blockId).join(', ');
      throw new HumanError(`The modal has no field "${name}". Its fields: ${known || 'none'}.`);
    }
    const value = await resolveAnswer(deps, { user, target, surface: { kind: 'view', view } }, answer);
    view.values.set(`${target.blockId}/${target.actionId}`, value);
  }
}

function namesOf({ block, blockId, actionId }: Interactive): unknown[] {
  return [blockId, actionId, isObject(block.label) ? block.label.text : undefined];
}

interface Problem {
  readonly error: string;
  readonly errors?: Readonly<Record<string, string>>;
}

/** Does what the app's ack says with the modal. Returns what keeps it open. */
function takeAnswer({ world }: HumanDeps, view: StoredView, body: unknown): Problem | undefined {
  const answer: Json = isObject(body) ? body : {};
  try {
    switch (answer.response_action) {
      case undefined:
        closeTop(world, view.userId);
        return undefined;
      case 'clear':
        closeAll(world, view.userId);
        return undefined;
      case 'errors':
        return showErrors(view, answer.errors);
      case 'update':
        updateView(world, view, readView(answer.view, 'modal'));
        return undefined;
      case 'push':
        return pushModal(world, view.userId, readView(answer.view, 'modal'))
          ? undefined
          : { error: 'push_limit_reached' };
      default:
        return { error: 'invalid_response_action' };
    }
  } catch (error) {
    return { error: error instanceof SlackApiError ? error.code : String(error) };
  }
}

/** Errors must be of blocks that are in the modal and take input; else Slack shows only that something went wrong. */
function showErrors(view: StoredView, errors: unknown): Problem {
  const inputs = objects(view.definition.blocks).filter(({ type }) => type === 'input');
  const known = new Set(inputs.map(({ block_id }) => block_id));
  const isValid =
    isObject(errors) && Object.keys(errors).length > 0 && Object.keys(errors).every((blockId) => known.has(blockId));
  if (!isValid) {
    return { error: 'invalid_errors' };
  }
  view.errors = Object.fromEntries(Object.entries(errors).map(([blockId, text]) => [blockId, String(text)]));
  return { error: 'refused', errors: view.errors };
}
