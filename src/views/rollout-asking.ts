import type { KnownBlock } from '@slack/types';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import { decisionInWords, seatsInWords, votersOf } from './approval-words.ts';
import { context, packLines, section } from './blocks.ts';
import { slackTime } from './format-numbers.ts';
import { isCut, rollbackLines, warningLines, wavesInWords, workLines } from './rollout-plan-lines.ts';
import { listHosts, personName, sentence } from './rollout-text.ts';
import { startInWords } from './rollout-times.ts';

const LIST_SECTIONS = 3;
const RISK_SECTIONS = 2;
const SHOWN_LINES = 10;
const NAMED_HOSTS = 8;
const SHOWN_CHANGES = 10;

/** What people read before they approve: what, where, when, and what can go wrong. */
export function askingBlocks(facts: RolloutFacts): readonly KnownBlock[] {
  const { plan } = facts.rollout;
  const lists = packLines(workLines(plan.hosts, { lines: SHOWN_LINES, hosts: NAMED_HOSTS }), LIST_SECTIONS);
  const risks = packLines([...rollbackLines(plan.hosts, NAMED_HOSTS), ...warningLines(plan)], RISK_SECTIONS);
  return [
    ...changedBlocks(facts),
    ...lists.sections,
    ...(lists.left > 0 || isCut(plan.hosts, SHOWN_LINES) ? [context('The lists are cut. Details has all of it.')] : []),
    section(courseInWords(facts)),
    ...risks.sections,
    ...(risks.left > 0 ? [context(`${risks.left} more lines on ways back and warnings are in Details.`)] : []),
    section(askedInWords(facts)),
  ];
}

function changedBlocks({ rollout: { changedSince = [] } }: RolloutFacts): readonly KnownBlock[] {
  if (changedSince.length === 0) {
    return [];
  }
  const shown = changedSince.slice(0, SHOWN_CHANGES).map((line) => `      • ${sentence(line)}`);
  const left = changedSince.length - shown.length;
  const lines = [
    '🔁 *Asked again: the approval before is void, since what would be done now differs from it.*',
    ...shown,
    ...(left > 0 ? [`      … and ${left} more`] : []),
  ];
  return packLines(lines, RISK_SECTIONS).sections;
}

function courseInWords(facts: RolloutFacts): string {
  const { waves, plan } = facts.rollout;
  const idle = plan.idle.length > 0 ? [`*Nothing to do on:* ${listHosts(plan.idle)}`] : [];
  return [wavesInWords(waves), `*Starts:* ${startInWords(facts)}`, ...idle].join('\n');
}

function askedInWords({ rollout, approval, openSeats, customerName }: RolloutFacts): string {
  if (approval === undefined) {
    return '*Approval:* being asked for.';
  }
  if (approval.status !== 'pending') {
    return `*Approval:* ${decisionInWords(approval)}.`;
  }
  const voters = votersOf(approval);
  const needed = seatsInWords(openSeats, customerName ?? rollout.customer) || 'nobody can, as the policy stands now';
  return [
    `*Must approve:* ${needed}. Not ${personName(rollout.requester)}, who asked.`,
    ...(voters === undefined ? [] : [`*Approved so far by* ${voters}`]),
    `*Expires:* ${slackTime(approval.expiresAt)}`,
  ].join('\n');
}
