import type { Message } from '../domain/message.ts';
import type { EnvironmentLock } from '../services/rollouts/rollout.ts';
import { section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatAge } from './format-numbers.ts';
import { code } from './mrkdwn.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';

export interface BrokenLock {
  readonly lock: EnvironmentLock;
  /** Name of who broke it. */
  readonly by: string;
  /** Why, as typed. */
  readonly reason: string;
  readonly now: Date;
}

/** For all who read along: whose lock it was, and that its rollout is still there. */
export function lockBrokenView({ lock, by, reason, now }: BrokenLock): Message {
  const { owner, holder, takenAt } = lock;
  const text = `🔓 ${personName({ name: by })} broke the lock of *${sentence(rolloutRef(lock))}*: ${quoted(reason)}`;
  const whose = `It was held for ${formatAge(takenAt, now)} by rollout ${code(owner)} of ${personName(holder)}: ${quoted(lock.reason)}.`;
  const next = `That rollout pauses before its next wave, and hosts in work come to their end: look at ${code(`${COMMAND_WORD} rollout ${owner}`)} before another one begins.`;
  return { text, blocks: [section(`${text}\n${whose}\n${next}`)] };
}
