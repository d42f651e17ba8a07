import type * as z from 'zod';
import { nearest } from '../domain/nearest.ts';
import { type Complaint, quoted } from './config-problem.ts';

type Issue = z.core.$ZodIssue;

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section with keys',
  record: 'a section with keys',
};

/** What the schema found, in words for whoever writes the file. */
export function schemaComplaints(error: z.ZodError): readonly Complaint[] {
  return error.issues.map((issue) => ({ path: issue.path, message: describeIssue(issue) }));
}

function describeIssue(issue: Issue): string {
  if (issue.code === 'invalid_type') {
    return describeType(issue);
  }
  if (issue.code === 'invalid_key') {
    return issue.issues[0]?.message ?? issue.message;
  }
  const knownKeys = issue.code === 'custom' ? issue.params?.knownKeys : undefined;
  return Array.isArray(knownKeys) ? describeUnknownKey(issue.path.at(-1), knownKeys) : issue.message;
}

/** The schema is asked to report inputs, so "nothing there" and "something else" can be told apart. */
function describeType({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const wanted = EXPECTED[expected] ?? expected;
  if (input === undefined) {
    return `is missing; it must be ${wanted}`;
  }
  const quotes = expected === 'string' && typeof input !== 'object' ? '; put it in quotes' : '';
  return `must be ${wanted}${quotes}`;
}

function describeUnknownKey(key: PropertyKey | undefined, knownKeys: readonly string[]): string {
  const similar = nearest(String(key), knownKeys);
  const hint = similar === undefined ? `known here: ${knownKeys.join(', ')}` : `did you mean ${quoted(similar)}?`;
  return `is not a key that msops knows (${hint})`;
}
