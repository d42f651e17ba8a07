import type { Secret } from './secret.ts';

/** Secrets that the configuration calls by a name: `MSOPS_SECRET_<NAME>` in the environment, or its file. */
export interface NamedSecrets {
  /** @param name As in the configuration, lower case with underscores. @returns `undefined` when there is none. */
  get(name: string): Secret | undefined;
}

/** Where the value of a secret comes from: `acme_smtp` is `MSOPS_SECRET_ACME_SMTP`, or the file that its `_FILE` names. */
export function secretVariable(name: string): string {
  return `MSOPS_SECRET_${name.toUpperCase()}`;
}

/** What to do about a secret that the configuration names and nobody has set. */
export function missingSecret(name: string): string {
  return `set ${secretVariable(name)}, or its _FILE, in the environment of msops.`;
}
