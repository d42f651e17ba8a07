import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENV_SETTINGS, type EnvSetting, type EnvSettingName } from './env-settings.ts';

export type EnvSource = Readonly<Record<string, string | undefined>>;

/** A setting and what is wrong with it. Never holds a value. */
export interface EnvProblem {
  readonly name: EnvSettingName;
  readonly problem: string;
}

export interface CollectedSettings {
  /** Settings that are there; an empty one counts as missing. */
  readonly values: Readonly<Partial<Record<EnvSettingName, string>>>;
  readonly problems: readonly EnvProblem[];
}

type Found = { readonly value: string | undefined } | { readonly problem: string };

/** Finds every setting: in the environment, and a secret also in the file of `<NAME>_FILE` or among systemd's credentials. */
export function collectSettings(source: EnvSource): CollectedSettings {
  const values: Partial<Record<EnvSettingName, string>> = {};
  const problems: EnvProblem[] = [];
  for (const setting of ENV_SETTINGS) {
    const found = findSetting(setting, source);
    if ('problem' in found) {
      problems.push({ name: setting.name, problem: found.problem });
    } else if (found.value !== undefined) {
      values[setting.name] = found.value;
    }
  }
  return { values, problems };
}

function findSetting({ name, secret }: EnvSetting, source: EnvSource): Found {
  const value = source[name] || undefined;
  const file = secret ? source[`${name}_FILE`] || undefined : undefined;
  if (value !== undefined && file !== undefined) {
    return { problem: `set twice; keep either ${name} or ${name}_FILE` };
  }
  if (file !== undefined) {
    return readSecret(file, `the file that ${name}_FILE names`);
  }
  const credentials = secret ? source.CREDENTIALS_DIRECTORY || undefined : undefined;
  if (value !== undefined || credentials === undefined) {
    return { value };
  }
  const found = readSecret(join(credentials, name), 'its file among the systemd credentials');
  return 'code' in found && found.code === 'ENOENT' ? { value: undefined } : found;
}

function readSecret(file: string, what: string): Found & { readonly code?: string | undefined } {
  try {
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return content === '' ? { problem: `${what} is empty` } : { value: content };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `${what} cannot be read (${code ?? 'unknown reason'})`, code };
  }
}
