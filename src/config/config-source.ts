import { SetupError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import type { Config } from './config.ts';
import { loadConfig } from './load-config.ts';
import { missingSecrets } from './missing-secrets.ts';

/** The configuration that counts now. */
export interface ConfigSource {
  current(): Config;
  /** Reads the file again. When it is wrong the old one stays, and what is wrong is logged and returned. */
  reload(): SetupError | undefined;
}

export interface ConfigSourceDeps {
  readonly file: string;
  readonly secrets: NamedSecrets;
  readonly logger: Logger;
}

/** @throws {SetupError} when the file is wrong at the start, or a secret that it names is missing: then there is no old one to keep. */
export function createConfigSource({ file, secrets, logger }: ConfigSourceDeps): ConfigSource {
  const load = () => withSecrets(loadConfig(file), file, secrets);
  let config = load();
  return {
    current: () => config,
    reload() {
      try {
        config = load();
        logger.info('Configuration reloaded', { file });
        return undefined;
      } catch (error) {
        const problem =
          error instanceof SetupError ? error : new SetupError(`${file} cannot be read.`, { cause: error });
        const problems = problem.message.split('\n');
        logger.error('Configuration not reloaded: the old one stays', { file, problems, error: problem.cause });
        return problem;
      }
    },
  };
}

function withSecrets(config: Config, file: string, secrets: NamedSecrets): Config {
  const missing = missingSecrets(config.inventory, secrets);
  if (missing.length > 0) {
    const count = missing.length === 1 ? 'a secret that is' : `${missing.length} secrets that are`;
    throw new SetupError([`${file} names ${count} not there:`, ...missing.map((line) => `  - ${line}`)].join('\n'));
  }
  return config;
}
