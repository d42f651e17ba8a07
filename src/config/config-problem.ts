import { nearest } from '../domain/nearest.ts';

export type ProblemPath = readonly PropertyKey[];

/** One thing that is wrong in the file, before its line is known. */
export interface Complaint {
  readonly path: ProblemPath;
  readonly message: string;
}

/** One thing that is wrong in the file. */
export interface ConfigProblem {
  /** From 1. */
  readonly line: number;
  /** `customers[0].hosts`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export function renderPath(path: ProblemPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') {
      return `${text}[${step}]`;
    }
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

/** `file:line path: message`, as compilers say it, so that editors jump there. */
export function describeProblem(file: string, { line, path, message }: ConfigProblem): string {
  return `${file}:${line} ${path === '' ? '' : `${path}: `}${message}`;
}

/** A word of the file inside a sentence; cut, because it may be anything. */
export function quoted(word: unknown): string {
  const text = String(word);
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** `there is no role "oprator" (did you mean "operator"?)` */
export function noSuch(what: string, word: unknown, known: readonly string[]): string {
  const similar = nearest(String(word), known);
  if (similar !== undefined) {
    return `there is no ${what} ${quoted(word)} (did you mean ${quoted(similar)}?)`;
  }
  const few = known.length > 0 && known.length <= 8 ? ` (there is ${known.map(quoted).join(', ')})` : '';
  return `there is no ${what} ${quoted(word)}${few}`;
}
