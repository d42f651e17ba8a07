import { refOf } from '../domain/environment-ref.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { COMMAND_WORD } from './command-word.ts';
import { sentence } from './rollout-text.ts';
import { said } from './said.ts';

/**
 * Why an environment has none of what monitoring brings, and what can be done instead; plain text with code spans.
 * @param so `there are no alerts of it`.
 */
export function notMonitoredWords(environment: Environment, so: string): { what: string; next: string } {
  const ref = refOf(environment);
  const why = environment.production
    ? '`monitoring` is `off` for it in msops.yml'
    : 'it is not production, and only production is';
  return {
    what: `\`${ref}\` is not monitored: ${why}. So ${so}.`,
    next: `\`${COMMAND_WORD} status ${ref}\` checks it once, now.`,
  };
}

export function notMonitoredView(environment: Environment, so: string): Message {
  const { what, next } = notMonitoredWords(environment, so);
  return said(`${sentence(what)} ${sentence(next)}`);
}
