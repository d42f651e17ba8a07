import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import type { LogFields, Logger } from '../../domain/logger.ts';
import { scrubSecrets } from '../../domain/scrub.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Standard output when missing. */
  readonly destination?: DestinationStream | undefined;
}

const MAX_CAUSES = 5;

/** JSON lines. Everything is scrubbed on its way out; a `Secret` prints as `[secret]` by itself. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: scrubSecrets },
  };
  return wrap(destination ? pino(options, destination) : pino(options));
}

function wrap(logger: Pino): Logger {
  return {
    debug: (message, fields) => logger.debug(printable(fields), message),
    info: (message, fields) => logger.info(printable(fields), message),
    warn: (message, fields) => logger.warn(printable(fields), message),
    error: (message, fields) => logger.error(printable(fields), message),
    child: (fields) => wrap(logger.child(printable(fields))),
  };
}

/** Errors as plain data: their enumerable fields may hold requests, headers and tokens. */
function printable(fields: LogFields = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? plainError(value) : value]),
  );
}

function plainError(error: Error, depth = 0): Record<string, unknown> {
  const cause = error.cause instanceof Error && depth < MAX_CAUSES ? plainError(error.cause, depth + 1) : undefined;
  return { name: error.name, message: error.message, stack: error.stack, cause };
}
