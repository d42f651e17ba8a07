import type { LogFields, Logger } from '../../src/domain/logger.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps its lines for the test to look at. */
export function createRecordingLogger(lines: LogLine[] = []): Logger & { readonly lines: readonly LogLine[] } {
  const line =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return {
    lines,
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: () => createRecordingLogger(lines),
  };
}
