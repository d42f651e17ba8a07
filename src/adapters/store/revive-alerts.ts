const DATES = new Set('since firedAt seenAt begunAt endedAt toldAt drawnAt at from until startsAt'.split(' '));

/** Reads what was written of alerts by `JSON.stringify`: dates are known by the name of their field, at any depth. */
export function reviveAlerts<T>(doc: string): T {
  return JSON.parse(doc, (key, value: unknown) =>
    DATES.has(key) && typeof value === 'string' ? new Date(value) : value,
  ) as T;
}
