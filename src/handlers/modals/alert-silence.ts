import { z } from 'zod';
import { readDuration } from '../../domain/duration.ts';
import { UserError } from '../../domain/errors.ts';
import { LONGEST_REASON } from '../../domain/reason.ts';
import type { AlertGroup } from '../../services/alerts/alert.ts';
import type { SilenceRequest } from '../../services/alerts/alert-service.ts';
import { parseStartTime } from '../../services/approvals/parse-start-time.ts';
import { ALERT_SILENCE } from '../../views/alert-buttons.ts';
import {
  FOR_INPUT,
  HOST_PREFIX,
  SILENCE_REASON_INPUT,
  type SilenceFormMemory,
  THESE_HOSTS,
  UNTIL_INPUT,
  WHAT_INPUT,
  WHOLE_SIGNAL,
} from '../../views/alert-silence-modal.ts';
import { findAlert } from '../find-alert.ts';
import type { Modal, Submission } from '../modal-spec.ts';
import { outdatedForm } from '../outdated-form.ts';
import { saySilenced } from '../say-silenced.ts';

const LONGEST_MS = 7 * 86_400_000;

const Memory = z.object({
  id: z.string(),
  hosts: z.array(z.string()),
  timeZone: z.string().refine(isTimeZone),
  openedAt: z.iso.datetime(),
}) satisfies z.ZodType<SilenceFormMemory>;

/** For how long, what, and why. */
export const alertSilence: Modal = {
  id: ALERT_SILENCE,

  check({ values, metadata }) {
    const memory = readMemory(metadata);
    const reason = (values[SILENCE_REASON_INPUT] ?? '').trim();
    return {
      ...(reason === '' ? { [SILENCE_REASON_INPUT]: 'Say why, so that the others know when to end it.' } : {}),
      ...(memory === undefined ? {} : untilProblem(values, memory)),
    };
  },

  async run({ values, metadata }, context) {
    const memory = readMemory(metadata);
    if (memory === undefined) {
      throw outdatedForm();
    }
    const { group } = await findAlert(memory.id, 'alert.manage', context);
    const until = untilOf(values, memory, context.clock.now());
    const reason = (values[SILENCE_REASON_INPUT] ?? '').trim().slice(0, LONGEST_REASON);
    const scope = scopeOf(values[WHAT_INPUT] ?? '', memory, group);
    const environment = `${group.customer}/${group.environment}`;
    await saySilenced({ environment, ...scope, until, reason }, context);
  },
};

function readMemory(metadata: string): SilenceFormMemory | undefined {
  try {
    return Memory.parse(JSON.parse(metadata));
  } catch {
    return undefined;
  }
}

function untilProblem(values: Submission['values'], memory: SilenceFormMemory): Record<string, string> {
  const opened = new Date(memory.openedAt);
  try {
    const until = untilOf(values, memory, opened);
    return until.getTime() - opened.getTime() > LONGEST_MS ? { [UNTIL_INPUT]: 'At most 7 days.' } : {};
  } catch (error) {
    if (error instanceof UserError) {
      // Beside an input Slack shows plain text.
      return { [UNTIL_INPUT]: [error.message, error.hint ?? ''].join(' ').replaceAll('`', '').trim() };
    }
    throw error;
  }
}

/**
 * What was typed counts before what was chosen, and is meant from when the form was opened: `02:00`, sent at 02:01, is
 * over and not tomorrow.
 */
function untilOf(values: Submission['values'], { timeZone, openedAt }: SilenceFormMemory, now: Date): Date {
  const typed = (values[UNTIL_INPUT] ?? '').trim();
  if (typed !== '') {
    return parseStartTime(typed, timeZone, new Date(openedAt));
  }
  const ms = readDuration(values[FOR_INPUT] ?? '');
  if (ms === undefined) {
    throw new UserError('Choose for how long, or write until when.');
  }
  return new Date(now.getTime() + ms);
}

function scopeOf(
  what: string,
  { hosts }: SilenceFormMemory,
  { signal, title }: AlertGroup,
): { hosts: readonly string[]; signal?: SilenceRequest['signal']; title?: string | undefined } {
  if (what === WHOLE_SIGNAL) {
    return { hosts: [], signal, ...(title === undefined ? {} : { title }) };
  }
  if (what === THESE_HOSTS && hosts.length > 0) {
    return { hosts, signal };
  }
  const host = what.startsWith(HOST_PREFIX) ? what.slice(HOST_PREFIX.length) : '';
  if (host === '') {
    throw outdatedForm();
  }
  return { hosts: [host] };
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}
