import type { Logger } from '../../domain/logger.ts';

/** What the SDK takes for a logger. */
export interface AwsLogger {
  debug(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
}

/**
 * The SDK logs whole requests, mails and numbers included: of its lines only texts are kept, and of a failed call which
 * one it was. What failed comes out as an error anyway.
 */
export function toAwsLogger(logger: Logger): AwsLogger {
  const line =
    (level: 'debug' | 'warn') =>
    (...parts: unknown[]) =>
      logger[level]('AWS library', { detail: parts.map(describe).join(' ') });
  return { debug: () => {}, info: () => {}, warn: line('warn'), error: line('debug') };
}

function describe(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  const { commandName, error } = (part ?? {}) as { commandName?: unknown; error?: unknown };
  return [commandName, error instanceof Error ? error.name : undefined].filter((one) => one !== undefined).join(' ');
}
