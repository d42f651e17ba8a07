import { SetupError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { Config } from './config.ts';
import { loadConfig } from './load-config.ts';

/** The configuration that counts now. */
export interface ConfigSource {
  current(): Config;
  /** Reads the file again. When it is wrong the old one stays, and what is wrong is logged and returned. */
  reload(): SetupError | undefined;
}

/** @throws {SetupError} when the file is wrong at the start: then there is no old one to keep. */
export function createConfigSource({ file, logger }: { file: string; logger: Logger }): ConfigSource {
  let config = loadConfig(file);
  return {
    current: () => config,
    reload() {
      try {
        config = loadConfig(file);
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
