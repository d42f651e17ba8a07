import { type ProbePart, shownWords } from '../../domain/probe-output.ts';
import type { AutoResult } from './auto-sample.ts';

const LINE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING|ERROR|DEBUG) (.*)$/;
const START = 'Starting unattended upgrades script';

/** The end of `unattended-upgrades.log`: what became of the last run. `undefined`: no run is in it. */
export function readLastResult(part: ProbePart | undefined): AutoResult | undefined {
  const entries = (part?.exitCode === 0 ? part.lines : []).flatMap((line) => {
    const [, level, text = ''] = LINE.exec(line) ?? [];
    return level === undefined ? [] : [{ level, text: text.trim() }];
  });
  const start = entries.findLastIndex(({ text }) => text === START);
  if (start < 0) {
    return undefined;
  }
  const run = entries.slice(start + 1);
  const error = run.find(({ level }) => level === 'ERROR');
  if (error) {
    return { succeeded: false, words: shownWords(error.text) };
  }
  const done = run.find(({ text }) => DONE.some(([pattern]) => pattern.test(text)));
  const words = DONE.find(([pattern]) => done && pattern.test(done.text))?.[1];
  const warning = run.findLast(({ level }) => level === 'WARNING')?.text ?? 'it did not come to its end';
  return words === undefined ? { succeeded: undefined, words: shownWords(warning) } : { succeeded: true, words };
}

const DONE: readonly (readonly [RegExp, string])[] = [
  [/^All upgrades installed/, 'all upgrades installed'],
  [/^No packages found that can be upgraded unattended/, 'nothing to install'],
];

/** Not there, or empty. What may not be read says nothing. */
export function hasNoRun(part: ProbePart | undefined): boolean {
  const isMissing = part?.exitCode === 1 && /No such file/i.test(part.lines.join(' '));
  return isMissing || (part?.exitCode === 0 && part.lines.every((line) => line.trim() === ''));
}
