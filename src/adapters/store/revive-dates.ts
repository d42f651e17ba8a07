type Json = Record<string, unknown>;

/**
 * Reads a document that was written by `JSON.stringify`.
 * @param paths where dates are, `control.at`; one that is missing stays missing.
 */
export function reviveDates<T>(text: string, paths: readonly string[]): T {
  const found = JSON.parse(text) as Json;
  for (const path of paths) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Json | undefined>((inner, key) => inner?.[key] as Json | undefined, found);
    if (holder !== undefined && typeof holder[last] === 'string') {
      holder[last] = new Date(holder[last]);
    }
  }
  return found as T;
}
