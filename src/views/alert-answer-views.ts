import { refOf } from '../domain/environment-ref.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import type { AlertGroup, Silence } from '../services/alerts/alert.ts';
import { endSilenceButton } from './alert-buttons.ts';
import { alertHeadline } from './alert-headline.ts';
import { silenceScope } from './alert-lines.ts';
import { SILENT_ICON } from './alert-signals.ts';
import { actions, packLines } from './blocks.ts';
import { slackDate } from './format-numbers.ts';
import { notMonitoredView, notMonitoredWords } from './not-monitored.ts';
import { quoted, sentence } from './rollout-text.ts';
import { said } from './said.ts';

const SILENCE_SECTIONS = 3;

/** For the one who clicked; the others see it on the message. */
export function alertAcknowledgedView(group: AlertGroup): Message {
  const { ref, mrkdwn } = alertHeadline(group);
  return said(`👀 It is yours now: *${ref}* · ${mrkdwn}. It says so in every channel where it is shown.`);
}

/** @param silences at least one, of one request. */
export function silencedView(silences: readonly Silence[]): Message {
  const lines = silences.map(
    (silence) => `${SILENT_ICON} Silenced until ${slackDate(silence.until)}: ${silenceScope(silence)}`,
  );
  const [only, ...others] = silences;
  const text = `${lines[0] ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const end = only !== undefined && others.length === 0 ? actions(endSilenceButton(only)) : [];
  return { text, blocks: [...packLines(lines, SILENCE_SECTIONS).sections, ...end] };
}

export function silenceEndedView(silence: Silence): Message {
  return said(`🔔 Alerts are told again: ${silenceScope(silence)}. It was silent for ${quoted(silence.reason)}.`);
}

export function alertTestView(environment: Environment): Message {
  const ref = sentence(refOf(environment));
  return said(
    `🧪 A made-up alert of *${ref}* is on its way to every channel that gets its alerts. It ends by itself within a minute.`,
  );
}

const NO_ALERTS = 'there are no alerts of it';

/** Why an environment has no alerts, and what can be done instead; plain text with code spans. */
export function notWatchedWords(environment: Environment): { what: string; next: string } {
  return notMonitoredWords(environment, NO_ALERTS);
}

export function notWatchedView(environment: Environment): Message {
  return notMonitoredView(environment, NO_ALERTS);
}
