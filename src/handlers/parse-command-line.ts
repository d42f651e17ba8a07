import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { parseArgsStringToArgv } from 'string-argv';
import { UserError } from '../domain/errors.ts';
import { nearest } from '../domain/nearest.ts';

/** Slack allows much more; nobody types this, and what is longer is pasted by mistake. */
const MAX_LENGTH = 2_000;
const TYPED_BY_PHONES: readonly (readonly [RegExp, string])[] = [
  [/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"'],
  [/[\u2018\u2019\u201a]/g, "'"],
  [/(^|\s)[\u2013\u2014](?=\w)/g, '$1--'],
  [/[\u00a0\u2007\u202f]/g, ' '],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export interface ParsedArguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/**
 * Splits what somebody typed into words, as a shell would but without expanding anything.
 * Smart quotes and dashes of phones are read as what was meant.
 * @throws {UserError} when the text is too long.
 */
export function splitWords(text: string): readonly string[] {
  if (text.length > MAX_LENGTH) {
    throw new UserError(`That is ${text.length.toLocaleString('en-US')} characters; I read up to 2,000.`, {
      hint: 'Was something pasted by mistake?',
    });
  }
  const plain = TYPED_BY_PHONES.reduce((typed, [from, to]) => typed.replace(from, to), text);
  return parseArgsStringToArgv(plain.replace(CONTROL_CHARACTERS, ' '));
}

/**
 * @param options as `parseArgs` of Node takes them.
 * @throws {UserError} for an unknown option or a missing value, with the nearest option as hint.
 */
export function parseArguments(words: readonly string[], options: ParseArgsOptionsConfig): ParsedArguments {
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    return { words: parsed.positionals, options: parsed.values as ParsedArguments['options'] };
  } catch (error) {
    throw optionProblem(error, options);
  }
}

function optionProblem(error: unknown, options: ParseArgsOptionsConfig): UserError {
  const typed = /'(-[^' `]{0,40})/.exec((error as Error).message)?.[1];
  const option = typed === undefined ? 'that option' : `the option \`${typed}\``;
  if ((error as NodeJS.ErrnoException).code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return new UserError(`${option[0]?.toUpperCase()}${option.slice(1)} needs a value.`, { cause: error });
  }
  const meant = nearest((typed ?? '').replace(/^-+/, ''), Object.keys(options));
  const hint = meant === undefined ? undefined : `Did you mean \`--${meant}\`?`;
  return new UserError(`I do not know ${option} here.`, { hint, cause: error });
}
