import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatAge } from './format-numbers.ts';
import { code } from './mrkdwn.ts';
import { isTakenBack, ROLLOUT_ICONS, rolloutRef, stateInWords } from './rollout-state.ts';
import { personName, sentence } from './rollout-text.ts';
import { said } from './said.ts';

const LIST_SECTIONS = 10;

/** @param rollouts newest first. */
export function rolloutListView(rollouts: readonly Rollout[], now: Date): Message {
  if (rollouts.length === 0) {
    return said('There are no rollouts here.');
  }
  const packed = packLines(
    rollouts.map((rollout) => describeRollout(rollout, now)),
    LIST_SECTIONS,
  );
  const shown = rollouts.length - packed.left;
  const text = shown === 1 ? '1 rollout here' : `The newest ${shown} rollouts here`;
  const blocks = [
    section(`*${text}*`),
    ...packed.sections,
    context(
      `${code(`${COMMAND_WORD} rollout <id>`)} shows one. Narrow it: ${code(`${COMMAND_WORD} rollouts <environment>`)}`,
    ),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function describeRollout(rollout: Rollout, now: Date): string {
  const { id, state, plan, requester, createdAt } = rollout;
  return [
    `${ROLLOUT_ICONS[state]} ${code(id)} *${sentence(rolloutRef(rollout))}* ${sentence(howItEnded(rollout))}`,
    `      ${sentence(plan.title)} · ${personName(requester)}, ${formatAge(createdAt, now)} ago`,
  ].join('\n');
}

/** `failed on mi-2`, `aborted by Alice Moreau`, `failed: stopped: 2 hosts have failed`. */
function howItEnded(rollout: Rollout): string {
  const words = stateInWords(rollout);
  const { note } = rollout;
  if (note === undefined || isTakenBack(rollout)) {
    return words;
  }
  if (note.startsWith('by ')) {
    return `${words} ${note}`;
  }
  return note.startsWith(`${words} `) ? note : `${words}: ${note}`;
}
