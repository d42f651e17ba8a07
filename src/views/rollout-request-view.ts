import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { ChangePlan, PlanProblem } from '../services/rollouts/host-change.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { warningLines } from './rollout-plan-lines.ts';
import { rolloutRef } from './rollout-state.ts';
import { listHosts, problemLines, sentence } from './rollout-text.ts';

const PROBLEM_SECTIONS = 6;
/** A command line that people can still read. */
const LONGEST_HOST_OPTION = 400;

/** Shown at once, before any host has answered. */
export function planningView(ref: string, hosts: number): Message {
  return said(`⏳ *${sentence(ref)}*: planning on ${count(hosts, 'host')}…`);
}

/** Instead of the plan, when there is none; why is told to the asker. */
export function notPlannedView(ref: string): Message {
  return said(`🚫 *${sentence(ref)}*: nothing was asked for.`);
}

/** The card says all of it. @param cardChannelId where the card is; missing: right here. */
export function requestedView({ id, plan, ...rollout }: Rollout, cardChannelId: string | undefined): Message {
  const ref = sentence(rolloutRef(rollout));
  if (cardChannelId === undefined) {
    const text = `📋 *${ref}* is planned; the card of rollout ${code(id)} shows how it goes on.`;
    return { text, blocks: [context(text)] };
  }
  return said(
    `📋 *${ref}*: ${sentence(plan.title)}. The card is in <#${cardChannelId}> and shows how it goes on: rollout ${code(id)}.`,
  );
}

export interface NotRequested {
  /** `acme/prod`. */
  readonly ref: string;
  readonly plan: ChangePlan;
  /** The command without hosts, to be typed again for those that have no problem: `patch apply acme/prod`. */
  readonly command: string;
}

/** A plan that nobody was asked about: it has problems, or there is nothing to do. */
export function notRequestedView({ ref, plan, command }: NotRequested): Message {
  const title = sentence(plan.title);
  if (plan.problems.length === 0) {
    return said(`✅ *${sentence(ref)}*: nothing to do for “${title}”`, warningLines(plan));
  }
  const others = othersHint(plan, command);
  return said(
    `🚫 *${sentence(ref)}* cannot be done as asked: ${title}`,
    problemLines(plan.problems, '•'),
    others === undefined ? 'Nothing was asked for and nothing was changed.' : others,
  );
}

/** The other hosts, when only some of them have a problem. */
function othersHint({ hosts, problems }: ChangePlan, command: string): string | undefined {
  const names = hosts.map(({ host }) => host).filter((host) => !isAbout(host, problems));
  const option = names.join(',');
  if (names.length === 0 || option.length > LONGEST_HOST_OPTION || problems.some(({ host }) => host === undefined)) {
    return undefined;
  }
  const without = code(`${COMMAND_WORD} ${command} --hosts ${option}`);
  return `Nothing was changed. Mend it, or do it on the others (${listHosts(names)}): ${without}`;
}

function isAbout(name: string, problems: readonly PlanProblem[]): boolean {
  return problems.some(({ host }) => host === name);
}

function said(text: string, lines: readonly string[] = [], next?: string): Message {
  const packed = packLines(lines, PROBLEM_SECTIONS);
  const blocks = [
    section(text),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`and ${packed.left} more`)] : []),
    ...(next === undefined ? [] : [section(`→ ${next}`)]),
  ] satisfies KnownBlock[];
  return { text, blocks };
}
