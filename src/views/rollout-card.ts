import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Approval, ApprovalStatus } from '../services/approvals/approval.ts';
import type { CardAudience, RolloutFacts } from '../services/rollouts/ports.ts';
import { decidedAt, decisionInWords } from './approval-words.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD, MENTION_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { askingBlocks } from './rollout-asking.ts';
import { rolloutButtons } from './rollout-buttons.ts';
import { failureLines, leftAloneLines } from './rollout-failures.ts';
import { wavesInWords } from './rollout-plan-lines.ts';
import { hostsTable, progressInWords, wishBlocks } from './rollout-progress.ts';
import { ROLLOUT_ICONS, ROLLOUT_PHASES, ROLLOUT_STATES, rolloutRef, stateInWords } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';
import { dateInZone, startInWords } from './rollout-times.ts';

const FAILURE_SECTIONS = 3;
/** So begins a note that only names the failed hosts, which are listed. */
const FAILED_HOSTS = `${ROLLOUT_STATES.failed} on `;
/** Endings that say all there is to say. */
const NOT_APPROVED: readonly ApprovalStatus[] = ['rejected', 'expired', 'withdrawn'];
const COMMAND_WORDS: Record<CardAudience, string> = { askers: COMMAND_WORD, customer: MENTION_WORD };

/** One message for the whole life of a rollout, drawn from what the store says. */
export function rolloutCard(known: RolloutFacts, audience: CardAudience = 'askers'): Message {
  // The messages about hosts are in a channel that a customer is not in.
  const facts = audience === 'customer' ? { ...known, links: {} } : known;
  const { rollout } = facts;
  const [icon, ref] = [ROLLOUT_ICONS[rollout.state], sentence(rolloutRef(rollout))];
  const title = sentence(rollout.plan.title);
  const state = howItStands(facts);
  const blocks = [
    section(`${icon} *${ref}* · ${state}\n*${title}*\n${askedBy(facts)}`),
    ...emergencyBlocks(facts),
    ...PHASE_BLOCKS[ROLLOUT_PHASES[rollout.state]](facts),
    ...rolloutButtons(facts, audience),
    context(`${code(`${COMMAND_WORDS[audience]} rollout ${rollout.id}`)} shows this again.`),
  ] satisfies KnownBlock[];
  return { text: `${icon} ${ref}: ${state}: ${title}`, blocks };
}

/** The outcome comes first. */
function howItStands(facts: RolloutFacts): string {
  const words = stateInWords(facts.rollout);
  return facts.rollout.startedAt === undefined ? words : `${words} · ${progressInWords(facts)}`;
}

function askedBy({ rollout: { requester, reason } }: RolloutFacts): string {
  return `Asked by ${personName(requester)}${reason === undefined ? '' : `: ${quoted(reason)}`}`;
}

/** So that nobody reads over it. */
function emergencyBlocks({ approval, rollout }: RolloutFacts): readonly KnownBlock[] {
  return approval?.breakGlassId === undefined
    ? []
    : [section(`🚨 *BREAK-GLASS* 🚨 Nobody approved this. ${personName(rollout.requester)} used the emergency way.`)];
}

const PHASE_BLOCKS = {
  asking: askingBlocks,
  waiting: waitingBlocks,
  running: runningBlocks,
  ended: endedBlocks,
} satisfies Record<string, (facts: RolloutFacts) => readonly KnownBlock[]>;

function waitingBlocks(facts: RolloutFacts): readonly KnownBlock[] {
  const { note, nextAt, waves } = facts.rollout;
  const until = nextAt === undefined ? '' : `, until ${dateInZone(nextAt, facts.timeZone)}`;
  return [
    section(`⏳ ${note === undefined ? `Starts ${startInWords(facts)}` : sentence(note)}${until}.`),
    section(wavesInWords(waves)),
    ...approvedBlocks(facts),
  ];
}

function runningBlocks(facts: RolloutFacts): readonly KnownBlock[] {
  return [
    ...(isPausedByPerson(facts) ? wishBlocks(facts.rollout) : [...wishBlocks(facts.rollout), ...noteBlocks(facts)]),
    ...packLines(failureLines(facts), FAILURE_SECTIONS).sections,
    ...hostsTable(facts),
    ...approvedBlocks(facts),
  ];
}

function endedBlocks(facts: RolloutFacts): readonly KnownBlock[] {
  const { approval } = facts;
  if (approval !== undefined && NOT_APPROVED.includes(approval.status)) {
    return [section(describeDecision(approval))];
  }
  const failures = packLines(failureLines(facts), FAILURE_SECTIONS);
  const wasStarted = facts.rollout.startedAt !== undefined;
  return [
    ...noteBlocks(facts),
    ...failures.sections,
    ...(failures.left > 0 ? [context(`${failures.left} more failed; the thread has each of them.`)] : []),
    ...(wasStarted ? [...leftAloneLines(facts).map(section), ...hostsTable(facts)] : []),
    ...approvedBlocks(facts),
  ];
}

/** Then the wish says it all. */
function isPausedByPerson({ rollout: { state, control } }: RolloutFacts): boolean {
  return state === 'paused' && control.wish === 'pause';
}

function noteBlocks({ rollout: { note, control, state } }: RolloutFacts): readonly KnownBlock[] {
  if (state === 'aborted' && control.by !== undefined) {
    return [section(`Aborted by ${personName(control.by)}.`)];
  }
  return note === undefined || note.startsWith(FAILED_HOSTS) ? [] : [section(sentence(note))];
}

/** Break-glass has its own loud line. */
function approvedBlocks({ approval }: RolloutFacts): readonly KnownBlock[] {
  const isTold = approval === undefined || approval.breakGlassId !== undefined;
  return isTold ? [] : [context(describeDecision(approval))];
}

/** `Approved by *Carol Mensah* and *Dana Okafor*, today 12:31`. */
function describeDecision(approval: Approval): string {
  const words = `${decisionInWords(approval)}${decidedAt(approval)}`;
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
