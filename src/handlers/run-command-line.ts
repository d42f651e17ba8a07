import type { Actor } from '../domain/actor.ts';
import type { InteractionResult } from '../domain/bot-metrics.ts';
import { DeniedError } from '../domain/errors.ts';
import type { Decision } from '../domain/permission.ts';
import type { Asker } from './asker.ts';
import { audited } from './audited.ts';
import type { Command } from './command-spec.ts';
import type { HandlerDeps } from './deps.ts';
import { findCommand } from './find-command.ts';
import { splitWords } from './parse-command-line.ts';
import { readSlackText } from './read-slack-text.ts';

export interface CommandLine {
  /** What stands after `/msops` or after the mention, as Slack escaped it. */
  readonly text: string;
  readonly asker: Asker;
  readonly requestId: string;
}

/** The one way to a command, for the slash command, mentions and direct messages. */
export function createCommandRunner(commands: readonly Command[], deps: HandlerDeps) {
  return async function runCommandLine({ text, asker, requestId }: CommandLine): Promise<InteractionResult> {
    return audited(
      {
        asker,
        requestId,
        async run({ actor, answer, touch }) {
          const available = commands.filter((command) => mayUse(command, { actor, asker, deps }).allowed);
          const { command, words } = findCommand(splitWords(readSlackText(text)), commands, available);
          touch({ action: command.auditAction });
          const decision = mayUse(command, { actor, asker, deps });
          if (!decision.allowed) {
            throw new DeniedError(decision.reason);
          }
          const { services, clock, outbox, charts } = deps;
          const { place } = asker;
          await command.run(words, { actor, place, services, answer, clock, outbox, charts, available, touch });
        },
      },
      deps,
    );
  };
}

function mayUse({ permission }: Command, who: { actor: Actor; asker: Asker; deps: HandlerDeps }): Decision {
  const { actor, asker, deps } = who;
  return deps.services.inventory.mayUse({ actor, place: asker.place, permission });
}
