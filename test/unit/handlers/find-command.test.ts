import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import { COMMANDS } from '../../../src/handlers/commands.ts';
import { findCommand } from '../../../src/handlers/find-command.ts';

const found = (...words: readonly string[]) => {
  const { command, words: rest } = findCommand(words, COMMANDS, COMMANDS);
  return [command.verb, ...rest];
};

function problem(words: readonly string[], available = COMMANDS): UserError {
  try {
    findCommand(words, COMMANDS, available);
  } catch (error) {
    if (error instanceof UserError) {
      return error;
    }
  }
  throw new Error('It was found.');
}

describe('findCommand', () => {
  it('takes verbs of one word and of two, in any case, and help for nothing', () => {
    expect(found('status', 'prod')).toEqual(['status', 'prod']);
    expect(found('PATCH', 'Plan', 'prod', '--hosts', 'a')).toEqual(['patch plan', 'prod', '--hosts', 'a']);
    expect(found()).toEqual(['help']);
  });

  it('guesses what was meant among what the person may use', () => {
    expect(problem(['pacth', 'plan', 'prod']).hint).toContain('Did you mean `patch plan`?');
    expect(problem(['patch', 'atuo']).hint).toContain('Did you mean `patch auto`?');
    const others = COMMANDS.filter(({ verb }) => !verb.startsWith('patch'));
    expect(problem(['pacth', 'plan'], others).hint).toBe('`/msops help` lists what you may do here.');
    expect(problem(['patch'], others).hint).toBe('`/msops help` lists what you may do here.');
  });

  it('lists what a first word can go on with', () => {
    const { message, hint } = problem(['patch']);
    expect(message).toBe('I do not know the command `patch`.');
    expect(hint).toContain(
      '`/msops patch plan <environment> [--hosts a,b,…] [--product NAME [--level N]]` or `/msops patch apply',
    );
  });
});
