import type { Secret } from './secret.ts';

/** Secrets that the configuration calls by a name: `MSOPS_SECRET_<NAME>` in the environment, or its file. */
export interface NamedSecrets {
  /** @param name As in the configuration, lower case with underscores. @returns `undefined` when there is none. */
  get(name: string): Secret | undefined;
}
