interface Linked {
  readonly links?: { readonly runbook?: string | undefined } | undefined;
}

/**
 * Where to read what to do, as the alerts themselves say. It goes before what the configuration says of all alerts of a
 * kind, and is for everybody.
 */
export function ownRunbook(alerts: readonly Linked[]): string | undefined {
  return alerts.map(({ links }) => links?.runbook).find((url) => url?.startsWith('https://'));
}
