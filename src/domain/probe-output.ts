import type { CommandResult } from './remote-executor.ts';
import { scrubSecrets } from './scrub.ts';

/** What one part of the probe printed, after it ended by itself. */
export interface ProbePart {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

export type ProbeParts = ReadonlyMap<string, ProbePart>;

const PART_LINE = /^([a-z]+\d*(?:\.\d+)*)([|=])(.*)$/;

/**
 * Takes the probe's output apart. A part that did not end is left out, so a cut answer gives unknown and never half
 * a number; lines that belong to no part (a banner of the login shell) are ignored.
 */
export function splitProbeOutput(output: string): ProbeParts {
  const open = new Map<string, string[]>();
  const ended = new Map<string, ProbePart>();
  const wholeLines = output.split('\n').slice(0, -1);
  for (const line of wholeLines) {
    const [, name = '', mark, rest = ''] = PART_LINE.exec(line) ?? [];
    if (mark === '|') {
      const lines = open.get(name) ?? [];
      lines.push(rest);
      open.set(name, lines);
    } else if (mark === '=' && /^\d{1,3}$/.test(rest) && !ended.has(name)) {
      ended.set(name, { lines: open.get(name) ?? [], exitCode: Number(rest) });
    }
  }
  return ended;
}

const SHOWN_WORDS = 160;
const LOOKED_AT = 10 * SHOWN_WORDS;
const TIMED_OUT = 124;
const NOT_FOUND = 127;

/** Why a part gave nothing, e.g. `exit code 1, sudo: a password is required`. */
export function describePart(part: ProbePart | undefined): string {
  if (part === undefined) {
    return 'the probe did not get to it';
  }
  if (part.exitCode === TIMED_OUT) {
    return 'no answer in time';
  }
  const words = part.lines.find((line) => line.trim() !== '');
  const reason = words === undefined ? 'no output' : shownWords(words);
  return part.exitCode === 0 || part.exitCode === NOT_FOUND ? reason : `exit code ${part.exitCode}, ${reason}`;
}

/** How a whole probe ended that failed, e.g. `exit code 127, sh: not found`. */
export function describeExit({ exitCode, exitSignal, stderr }: CommandResult): string {
  const ending = exitCode === null ? `ended by ${exitSignal ?? 'an unknown signal'}` : `exit code ${exitCode}`;
  const words = shownWords(stderr.trim().split('\n')[0] ?? '');
  return words ? `${ending}, ${words}` : ending;
}

/** Words of a host, to be shown and kept: a program's complaint may repeat what it was given. */
export function shownWords(line: string): string {
  return scrubSecrets(line.trim().slice(0, LOOKED_AT)).slice(0, SHOWN_WORDS);
}
