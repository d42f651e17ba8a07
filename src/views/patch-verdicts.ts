import type { AutoVerdict } from '../services/patching/auto-sample.ts';
import { UNKNOWN } from './format-numbers.ts';

/** Whether automatic updates do what they shall, in a word. */
export const AUTO_VERDICTS: Readonly<Record<AutoVerdict, string>> = {
  works: 'works',
  stopped: 'stopped',
  never_ran: 'never ran',
  off: 'off',
  unknown: UNKNOWN,
};
