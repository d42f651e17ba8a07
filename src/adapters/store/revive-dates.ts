/**
 * Reads a document that was written by `JSON.stringify`. Dates are known by where they are, never by the name of their
 * field alone: a document may hold others that are not ours to read.
 *
 * @param paths `control.at`; `votes[].at` in each of a list; `[].endsAt` when the document is a list. One that is
 *   missing stays missing.
 */
export function reviveDates<T>(text: string, paths: readonly string[]): T {
  const found: unknown = JSON.parse(text);
  return paths.reduce((doc, path) => reviveAt(doc, keysOf(path)), found) as T;
}

const EACH = '[]';

function keysOf(path: string): readonly string[] {
  return path
    .replaceAll(EACH, `.${EACH}`)
    .split('.')
    .filter((key) => key !== '');
}

function reviveAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) {
    return typeof value === 'string' ? new Date(value) : value;
  }
  if (key === EACH) {
    return Array.isArray(value) ? value.map((one) => reviveAt(one, rest)) : value;
  }
  return isObject(value) && Object.hasOwn(value, key) ? { ...value, [key]: reviveAt(value[key], rest) } : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
