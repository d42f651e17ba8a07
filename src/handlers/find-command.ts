import { UserError } from '../domain/errors.ts';
import { nearest } from '../domain/nearest.ts';
import { echo } from '../services/inventory/typed-name.ts';
import { COMMAND } from './catalog.ts';
import type { Command } from './command-spec.ts';

export interface FoundCommand {
  readonly command: Command;
  /** What follows the verb. */
  readonly words: readonly string[];
}

/** The verb may be two words, `patch plan`. */
const LONGEST_VERB = 2;

/**
 * The command that the words begin with; without any, help.
 * @param available to the person: the nearest match is looked for among these, so a guess tells nobody what else there is.
 * @throws {UserError} when there is none, with what was probably meant.
 */
export function findCommand(
  typed: readonly string[],
  commands: readonly Command[],
  available: readonly Command[],
): FoundCommand {
  const words = typed.length > 0 ? typed : ['help'];
  for (let length = LONGEST_VERB; length > 0; length -= 1) {
    const command = commands.find(({ verb }) => verb === verbOf(words, length));
    if (command !== undefined) {
      return { command, words: words.slice(length) };
    }
  }
  throw unknownCommand(words, available);
}

function verbOf(words: readonly string[], length: number): string {
  return words.slice(0, length).join(' ').toLowerCase();
}

function unknownCommand(words: readonly string[], available: readonly Command[]): UserError {
  const [first = ''] = words;
  const group = available.filter(({ verb }) => verb.startsWith(`${first.toLowerCase()} `));
  const verbs = (group.length > 0 ? group : available).map(({ verb }) => verb);
  const meant = nearest(verbOf(words, LONGEST_VERB), verbs) ?? nearest(verbOf(words, 1), verbs);
  const guess = available.find(({ verb }) => verb === meant);
  const name = group.length > 0 ? words.slice(0, LONGEST_VERB).join(' ') : first;
  return new UserError(`I do not know the command ${echo(name)}.`, { hint: hintOf(guess, group) });
}

function hintOf(guess: Command | undefined, group: readonly Command[]): string {
  if (guess !== undefined) {
    return `Did you mean \`${guess.verb}\`? Usage: \`${guess.usage}\``;
  }
  const usages = group.map(({ usage }) => `\`${usage}\``).join(' or ');
  return usages === '' ? `\`${COMMAND} help\` lists what you may do here.` : `Usage: ${usages}`;
}
