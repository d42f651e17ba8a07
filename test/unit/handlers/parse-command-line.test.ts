import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import { parseArguments, splitWords } from '../../../src/handlers/parse-command-line.ts';

describe('splitWords', () => {
  it.each([
    ['status prod', ['status', 'prod']],
    ['status  prod\tapim-1\n', ['status', 'prod', 'apim-1']],
    ['audit --who "Alice Moreau"', ['audit', '--who', 'Alice Moreau']],
    ['audit --who \u201cAlice Moreau\u201d', ['audit', '--who', 'Alice Moreau']],
    ['audit \u2014since 2h', ['audit', '--since', '2h']],
    ['status\u00a0prod', ['status', 'prod']],
    ['sta\u0000tus \u202eprod', ['sta', 'tus', 'prod']],
    ['', []],
    ['   ', []],
  ])('reads %j as %j', (typed, words) => {
    expect(splitWords(typed)).toEqual(words);
  });

  it('expands nothing that a shell would', () => {
    expect(splitWords('status $(reboot) `id` ~ *')).toEqual(['status', '$(reboot)', '`id`', '~', '*']);
  });

  it('refuses what nobody types, with a sentence', () => {
    expect(() => splitWords('x'.repeat(10_000))).toThrow(/10,000 characters; I read up to 2,000/);
  });

  it('answers any text with words or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (typed) => {
        try {
          expect(splitWords(typed).every((word) => typeof word === 'string')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('parseArguments', () => {
  const options = { since: { type: 'string' } } as const;

  it('separates words from options', () => {
    expect(parseArguments(['prod', '--since', '2h'], options)).toEqual({ words: ['prod'], options: { since: '2h' } });
  });

  it.each([
    [['--sincee', '2h'], 'I do not know the option `--sincee` here.', 'Did you mean `--since`?'],
    [['--since'], 'The option `--since` needs a value.', undefined],
    [['--watch'], 'I do not know the option `--watch` here.', undefined],
    [['-x'], 'I do not know the option `-x` here.', undefined],
  ])('answers %j with a sentence and the nearest option', (words, sentence, hint) => {
    const parse = (): unknown => parseArguments(words, options);
    expect(parse).toThrow(sentence);
    expect(parse).toThrow(expect.objectContaining({ hint }));
  });
});
