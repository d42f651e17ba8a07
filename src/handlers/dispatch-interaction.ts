import type { InteractionResult } from '../domain/bot-metrics.ts';
import type { Interaction } from '../services/interactions/ports.ts';
import { ACTIONS } from './actions.ts';
import { type ActionPayload, askerOfCommand, type MessageEvent, type SlashCommandPayload } from './asker.ts';
import { COMMANDS } from './commands.ts';
import type { HandlerDeps } from './deps.ts';
import { endAccess, isAccessEnd, type LeavingEvent } from './events/access-ends.ts';
import { directMessageLine } from './events/direct-message.ts';
import { type HomeOpenedEvent, showHome } from './events/home-opened.ts';
import { type BotInstallation, mentionLine } from './events/mention.ts';
import { MODALS } from './modals.ts';
import { createActionRunner } from './run-action.ts';
import { type CommandLine, createCommandRunner } from './run-command-line.ts';
import { createSubmissionRunner } from './run-submission.ts';
import type { SubmissionPayload } from './submission.ts';

interface EventPayload {
  readonly event: MessageEvent | HomeOpenedEvent | LeavingEvent;
  /** Where the app is installed; `user_id` is the bot. */
  readonly authorizations?: readonly BotInstallation[];
}

/** Leads what was accepted to the code that answers it. Called after the ack, and again after a crash. */
export function createInteractionDispatcher(deps: HandlerDeps) {
  const runCommandLine = createCommandRunner(COMMANDS, deps);
  const runAction = createActionRunner(ACTIONS, deps);
  const runSubmission = createSubmissionRunner(MODALS, deps);

  async function runEvent({ event, authorizations }: EventPayload, requestId: string): Promise<InteractionResult> {
    const installation = authorizations?.[0] ?? {};
    if (event.type === 'app_home_opened') {
      await showHome(event as HomeOpenedEvent, installation, deps);
      return 'done';
    }
    if (isAccessEnd(event)) {
      await endAccess(event, installation, deps);
      return 'done';
    }
    const line = eventLine(event as MessageEvent, installation);
    return line === undefined ? 'done' : runCommandLine({ ...line, requestId });
  }

  return async function dispatchInteraction({ id, kind, payload }: Interaction): Promise<InteractionResult> {
    switch (kind) {
      case 'command': {
        const command = payload as SlashCommandPayload;
        return runCommandLine({ text: command.text ?? '', asker: askerOfCommand(command), requestId: id });
      }
      case 'action':
        return runAction(payload as ActionPayload, id);
      case 'submission':
        return runSubmission(payload as SubmissionPayload, id);
      case 'event':
        return runEvent(payload as EventPayload, id);
    }
  };
}

function eventLine(event: MessageEvent, bot: BotInstallation): Omit<CommandLine, 'requestId'> | undefined {
  return event.type === 'app_mention' ? mentionLine(event, bot) : directMessageLine(event, bot);
}
