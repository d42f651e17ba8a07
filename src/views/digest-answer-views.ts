import { refOf } from '../domain/environment-ref.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { context } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { sentence } from './rollout-text.ts';
import { said } from './said.ts';

/** Why there is no digest of it, and what can be done instead. */
export function noDigestView(environment: Environment): Message {
  const ref = refOf(environment);
  const text = `${code(ref)} is not production, and only production is watched. So there is no digest of it.`;
  const next = `${code(`${COMMAND_WORD} status ${ref}`)} checks it once, now.`;
  return said(`${text} ${next}`);
}

/** While it is put together. */
export function makingDigestView(environment: Environment): Message {
  return said(`⏳ ${sentence(refOf(environment))}: putting the digest together…`);
}

/** The weekly one where somebody asked for the daily one, and why. */
export function insteadOfDailyView(weekly: Message): Message {
  const words = 'The daily digest is for our operations team; here it is the one of the week.';
  return { ...weekly, blocks: [...(weekly.blocks ?? []), context(words)] };
}
