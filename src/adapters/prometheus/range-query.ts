const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const PLACEHOLDER = '{{host}}';
/** Grain at which a step is looked through, like that of our own samples. */
const GRAIN_SECONDS = 60;

/** Label by which the three answers are told apart. */
export const PART_LABEL = 'msops';
export const PARTS = { low: 'min_over_time', average: 'avg_over_time', high: 'max_over_time' } as const;
export type Part = keyof typeof PARTS;

/**
 * Low, average and high of each step in one query. What is not a number is left out before.
 *
 * @param query of one host, as `forHost` gives it.
 */
export function rangeQuery(query: string, stepSeconds: number): string {
  // On lines of its own: a query may end with a comment.
  // A second less than a step: whether its very beginning counts differs between versions.
  const steps = `((\n${query}\n) > -Inf < +Inf)[${stepSeconds - 1}s:${GRAIN_SECONDS}s]`;
  return Object.entries(PARTS)
    .map(([part, over]) => `label_replace(${over}(${steps}), "${PART_LABEL}", "${part}", "", "")`)
    .join(' or ');
}

/**
 * Puts the host's name into the query: inside a regular expression as one that only matches it, elsewhere as it is.
 *
 * @throws when the name is not one of a host, whatever the configuration let through.
 */
export function forHost(query: string, host: string): string {
  if (!HOST_NAME.test(host)) {
    throw new Error(`${JSON.stringify(host)} is no name of a host.`);
  }
  const [first = '', ...rest] = query.split(PLACEHOLDER);
  return rest.reduce(
    (before, after) => before + (isInRegex(before) ? host.replaceAll('.', '[.]') : host) + after,
    first,
  );
}

function isInRegex(before: string): boolean {
  return /[=!]~\s*(?:"[^"]*|'[^']*|`[^`]*)$/.test(before);
}
