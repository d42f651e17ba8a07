import type { KnownBlock } from '@slack/types';
import { refOf } from '../domain/environment-ref.ts';
import type { Digest } from '../services/digests/digest.ts';
import { section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';

/** How much a part of a digest matters, worst first. `note`: nobody has to do anything about it. */
export const DIGEST_LEVELS = ['critical', 'warning', 'unknown', 'note'] as const;
export type DigestLevel = (typeof DIGEST_LEVELS)[number];

/** One thing of a digest that there is something to say of. */
export interface DigestPart {
  readonly level: DigestLevel;
  /** For the first line: `1 disk full in 9 days`. Plain text. */
  readonly fact?: string | undefined;
  readonly blocks: readonly KnownBlock[];
}

const SHOWN_LINES = 5;

/** A heading, some lines, and what to do next. */
export function partSection(title: string, lines: readonly string[], next?: string): KnownBlock {
  const shown = lines.slice(0, SHOWN_LINES);
  const more = lines.length > SHOWN_LINES ? [`      and ${lines.length - SHOWN_LINES} more`] : [];
  const action = next === undefined ? [] : [`      → ${next}`];
  return section([`*${title}*`, ...shown, ...more, ...action].join('\n'));
}

/** What to type, for this environment: `/msops chart acme/prod disk`. */
export function commandFor({ environment }: Pick<Digest, 'environment'>, verb: string, more = '') {
  return code(`${COMMAND_WORD} ${verb} ${refOf(environment)}${more === '' ? '' : ` ${more}`}`);
}

export function worstFirst(parts: readonly DigestPart[]): readonly DigestPart[] {
  return parts.toSorted((one, other) => DIGEST_LEVELS.indexOf(one.level) - DIGEST_LEVELS.indexOf(other.level));
}
