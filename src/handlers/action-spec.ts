import type { ModalView } from '@slack/types';
import type { CommandContext } from './command-spec.ts';
import type { HandlerDeps, OpenedModal } from './deps.ts';

export interface ActionContext extends Omit<CommandContext, 'available' | 'outbox' | 'charts'> {
  readonly userId: string;
  readonly deps: HandlerDeps;
  /** Over what the person sees; only within 3 s of their click. @throws {UserError} when it is too late. */
  openModal(view: ModalView): Promise<OpenedModal>;
}

/** A button. What it may do is checked at the click, by the same function as for commands. */
export interface Action {
  /** `noun.verb`; also what the audit log calls it, or `noun.verb_form` when it only opened a form. */
  readonly id: string;
  /** @param value what the button carries: plain text or JSON made by the view that drew it. */
  run(value: string, context: ActionContext): Promise<void>;
}
