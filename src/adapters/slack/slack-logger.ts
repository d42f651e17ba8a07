import { LogLevel, type Logger as SlackLogger } from '@slack/web-api';
import type { Logger } from '../../domain/logger.ts';

/**
 * Slack's libraries log whole payloads at debug level, tokens and response URLs included:
 * their debug lines are dropped, the rest comes out as ours.
 */
export function toSlackLogger(logger: Logger): SlackLogger {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      logger[level]('Slack library', { detail: parts.map(String).join(' ') });
  return {
    debug: () => {},
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}
