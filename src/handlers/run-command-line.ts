import type { Actor } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import { nearest } from '../domain/nearest.ts';
import type { Decision } from '../domain/permission.ts';
import { echo } from '../services/inventory/typed-name.ts';
import type { Asker } from './asker.ts';
import { audited } from './audited.ts';
import { COMMAND } from './catalog.ts';
import type { Command } from './command-spec.ts';
import type { HandlerDeps } from './deps.ts';
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
  return async function runCommandLine({ text, asker, requestId }: CommandLine): Promise<void> {
    await audited(
      {
        asker,
        requestId,
        async run({ actor, answer, touch }) {
          const available = commands.filter((command) => mayUse(command, { actor, asker, deps }).allowed);
          const [verb = 'help', ...words] = splitWords(readSlackText(text));
          const command = findCommand(verb, commands, available);
          touch({ action: command.auditAction });
          const decision = mayUse(command, { actor, asker, deps });
          if (!decision.allowed) {
            throw new DeniedError(decision.reason);
          }
          const { services, clock } = deps;
          await command.run(words, { actor, place: asker.place, services, answer, clock, available, touch });
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

/** The nearest match is looked for among what the person may use, so a guess tells nobody what else there is. */
function findCommand(verb: string, commands: readonly Command[], available: readonly Command[]): Command {
  const wanted = verb.toLowerCase();
  const command = commands.find((candidate) => candidate.verb === wanted);
  if (command !== undefined) {
    return command;
  }
  const verbs = available.map((candidate) => candidate.verb);
  const meant = available.find((candidate) => candidate.verb === nearest(wanted, verbs));
  throw new UserError(`I do not know the command ${echo(verb)}.`, {
    hint: meant
      ? `Did you mean \`${meant.verb}\`? Usage: \`${meant.usage}\``
      : `\`${COMMAND} help\` lists what you may do here.`,
  });
}
