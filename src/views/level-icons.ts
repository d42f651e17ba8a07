import type { Level } from '../domain/host-report.ts';

/** Told apart by shape too, not by color alone. */
export const LEVEL_ICONS: Record<Level | 'waiting', string> = {
  unreachable: '⛔',
  critical: '🔴',
  warning: '⚠️',
  unknown: '❔',
  ok: '✅',
  waiting: '⏳',
};
