import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import type { Rollout, RolloutHostState } from '../services/rollouts/rollout.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { failureLines, leftAloneLines } from './rollout-failures.ts';
import { HOST_STATES, ROLLOUT_ICONS, rolloutRef, stateInWords } from './rollout-state.ts';
import { personName, sentence } from './rollout-text.ts';
import { elapsed } from './rollout-times.ts';

const FAILURE_SECTIONS = 6;
/** Changes that `patch undo` knows the way back from. */
const UNDOABLE: readonly string[] = ['os_packages', 'product_update'];
const COUNTED: readonly RolloutHostState[] = ['failed', 'skipped', 'waiting', 'in_progress'];

/** The end of a rollout, in the thread of its card: what happened, why, and what to do next. */
export function rolloutSummary(facts: RolloutFacts): Message {
  const { rollout, now } = facts;
  const took = elapsed(rollout.startedAt, rollout.endedAt ?? now);
  const end = rollout.state === 'succeeded' ? '' : `: ${stateInWords(rollout)}`;
  const headline = `${ROLLOUT_ICONS[rollout.state]} ${sentence(rolloutRef(rollout))}${end}`;
  const text = `${headline}: ${countsInWords(facts)}${took === undefined ? '' : ` in ${took}`}`;
  const failures = packLines(failureLines(facts), FAILURE_SECTIONS);
  const blocks = [
    section([`*${text}*`, sentence(rollout.plan.title), ...noteLines(rollout)].join('\n')),
    ...failures.sections,
    ...(failures.left > 0 ? [context(`${failures.left} more failed; each has a message in this thread.`)] : []),
    ...leftAloneLines(facts).map(section),
    section(nextInWords(facts)),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function noteLines({ state, control, note }: Rollout): readonly string[] {
  if (state === 'aborted' && control.by !== undefined) {
    return [`Aborted by ${personName(control.by)}.`];
  }
  return note === undefined ? [] : [sentence(note)];
}

/** `5 of 6 hosts done, 1 failed`. */
function countsInWords({ hosts }: RolloutFacts): string {
  const of = (state: RolloutHostState): number => hosts.filter((host) => host.state === state).length;
  const others = COUNTED.filter((state) => of(state) > 0).map((state) => `${of(state)} ${HOST_STATES[state]}`);
  return [`${of('done')} of ${count(hosts.length, 'host')} done`, ...others].join(', ');
}

function nextInWords({ rollout, hosts }: RolloutFacts): string {
  const again = code(`${COMMAND_WORD} rollout ${rollout.id}`);
  const failed = hosts.some(({ state }) => state === 'failed');
  const wasTouched = hosts.some(({ state }) => state === 'done' || state === 'failed');
  return [
    `${again} shows all of it.`,
    ...(failed ? ['Mend what failed and ask again: hosts that are done have nothing to do then.'] : []),
    ...(wasTouched && UNDOABLE.includes(rollout.plan.type)
      ? [`Going back: ${code(`${COMMAND_WORD} patch undo ${rollout.id}`)} asks for it, where there is a way.`]
      : []),
  ].join('\n');
}
