import type { ProbePart } from '../../domain/probe-output.ts';

/** The lines that look like the pattern, taken apart. */
export function matchLines(part: Pick<ProbePart, 'lines'> | undefined, pattern: RegExp): readonly RegExpExecArray[] {
  return (part?.lines ?? []).map((line) => pattern.exec(line)).filter((match) => match !== null);
}
