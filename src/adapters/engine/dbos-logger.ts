import type { DBOSConfig } from '@dbos-inc/dbos-sdk';
import type { Logger } from '../../domain/logger.ts';

type DbosLogger = NonNullable<DBOSConfig['logger']>;

/** What DBOS says of its own doings is for debugging; only its warnings and errors are news. */
export function toDbosLogger(logger: Logger): DbosLogger {
  const engine = logger.child({ part: 'engine' });
  return {
    debug: (entry) => engine.debug('DBOS says', { entry }),
    info: (entry) => engine.debug('DBOS says', { entry }),
    warn: (entry) => engine.warn('DBOS warns', { entry }),
    error: (entry, metadata) => engine.error('DBOS reports an error', { entry, error: metadata?.error }),
  };
}
