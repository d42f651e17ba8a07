import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NamedSecrets, secretVariable } from '../domain/named-secrets.ts';
import { Secret } from '../domain/secret.ts';
import type { EnvSource } from './env-sources.ts';

/**
 * Secrets that `msops.yml` calls by a name: `acme_smtp` is `MSOPS_SECRET_ACME_SMTP`, or the file that
 * `MSOPS_SECRET_ACME_SMTP_FILE` names, or a systemd credential of that name. Files are read at each use, so that a
 * renewed one counts at once.
 */
export function createNamedSecrets(source: EnvSource): NamedSecrets {
  return {
    get(name) {
      const variable = secretVariable(name);
      const value = source[variable] || readIfThere(source[`${variable}_FILE`] || credential(variable, source));
      return value === undefined || value === '' ? undefined : new Secret(value);
    },
  };
}

function credential(name: string, { CREDENTIALS_DIRECTORY: directory }: EnvSource): string | undefined {
  return directory ? join(directory, name) : undefined;
}

function readIfThere(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
