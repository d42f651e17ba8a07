/** Every text of the blocks, in reading order. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, child]) =>
    name === 'text' && typeof child === 'string' ? [child] : textsOf(child),
  );
}
