import type { KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { RolloutSettings } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import type { RolloutHost } from '../services/rollouts/rollout.ts';
import { decidedAgo, decisionInWords } from './approval-words.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatDuration, slackTime } from './format-numbers.ts';
import { modal } from './modal.ts';
import { code, cutMrkdwn } from './mrkdwn.ts';
import { rollbackLines, warningLines, workLines } from './rollout-plan-lines.ts';
import { HOST_ICONS, HOST_STATES, rolloutRef, stateInWords } from './rollout-state.ts';
import { listHosts, personName, sentence } from './rollout-text.ts';
import { startInWords } from './rollout-times.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

const MODAL_SECTIONS = SLACK_LIMITS.view.blocks - 10;
const MESSAGE_SECTIONS = SLACK_LIMITS.message.blocks - 10;
/** Slack refuses a view above 250 kB; our lines have up to three bytes a character. */
const LONGEST_DETAILS = 75_000;
const NAMED_HOSTS = 200;
const LONGEST_LINE = 2_900;

/** The complete plan and how it stands, over the card. Nothing in it can be submitted. */
export function rolloutDetailsModal(facts: RolloutFacts): ModalView {
  const packed = packDetails(facts, MODAL_SECTIONS);
  return modal({
    title: `Rollout ${facts.rollout.id}`,
    blocks: [...packed.sections, ...leftBlocks(facts, packed.left)],
  });
}

/** The same of some hosts, as a message. */
export function rolloutDetailsView(facts: RolloutFacts, hosts: readonly string[]): Message {
  const some = {
    ...facts,
    hosts: facts.hosts.filter(({ host }) => hosts.includes(host)),
    rollout: { ...facts.rollout, waves: [], plan: onlyOf(facts.rollout.plan, hosts) },
  };
  const packed = packDetails(some, MESSAGE_SECTIONS);
  const text = `Rollout ${code(facts.rollout.id)} on ${listHosts(hosts)}`;
  return { text, blocks: [section(`*${text}*`), ...packed.sections, ...leftBlocks(facts, packed.left)] };
}

function onlyOf(plan: RolloutFacts['rollout']['plan'], hosts: readonly string[]): RolloutFacts['rollout']['plan'] {
  const warnings = plan.warnings.filter(({ host }) => host === undefined || hosts.includes(host));
  return { ...plan, hosts: plan.hosts.filter(({ host }) => hosts.includes(host)), warnings, idle: [] };
}

interface PackedDetails {
  readonly sections: readonly SectionBlock[];
  /** How many lines found no room. */
  readonly left: number;
}

/** Each part begins a section of its own, so that there is room between them. */
function packDetails(facts: RolloutFacts, most: number): PackedDetails {
  let characters = 0;
  return detailParts(facts).reduce<PackedDetails>(
    ({ sections, left }, part) => {
      const lines = part.map((line) => cutMrkdwn(line, LONGEST_LINE));
      const fitting = lines.filter((line) => {
        characters += line.length;
        return characters <= LONGEST_DETAILS;
      });
      const packed = packLines(fitting, most - sections.length);
      return {
        sections: [...sections, ...packed.sections],
        left: left + packed.left + lines.length - fitting.length,
      };
    },
    { sections: [], left: 0 },
  );
}

function leftBlocks({ rollout: { id } }: RolloutFacts, left: number): readonly KnownBlock[] {
  const command = code(`${COMMAND_WORD} rollout ${id} --hosts <host>`);
  return left > 0 ? [context(`${left} more lines found no room here. One host alone: ${command}`)] : [];
}

function detailParts(facts: RolloutFacts): readonly (readonly string[])[] {
  const { rollout, hosts } = facts;
  const { plan } = rollout;
  const parts = [
    [`*${sentence(rolloutRef(rollout))}* · ${stateInWords(rollout)}`, sentence(plan.title)],
    heading('Hosts', hosts.filter(({ state }) => state !== 'waiting').map(describeHost)),
    heading('What is done', workLines(plan.hosts, { lines: undefined, hosts: NAMED_HOSTS })),
    plan.idle.length > 0 ? [`*Nothing to do on:* ${listHosts(plan.idle, NAMED_HOSTS)}`] : [],
    heading('Going back', rollbackLines(plan.hosts, NAMED_HOSTS)),
    heading('Warnings', warningLines(plan)),
    heading('Waves', rollout.waves.map(describeWave)),
    heading('Start', [`      ${startInWords(facts)}`]),
    heading('How it goes', settingsLines(rollout.settings)),
    heading('Approval', approvalLines(facts)),
  ];
  return parts.filter((lines) => lines.length > 0);
}

function heading(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`*${title}*`, ...lines] : [];
}

function approvalLines({ approval, now }: RolloutFacts): readonly string[] {
  if (approval === undefined) {
    return [];
  }
  return [
    `      ${decisionInWords(approval)}${decidedAgo(approval, now)}; digest of the plan ${code(approval.digest.slice(0, 12))}`,
    ...approval.votes.map(({ person, at }) => `      ${personName(person)} approved, ${slackTime(at)}`),
  ];
}

function describeWave(names: readonly string[], index: number): string {
  return `      ${index + 1}: ${listHosts(names, NAMED_HOSTS)}`;
}

function settingsLines(settings: RolloutSettings): readonly string[] {
  const inTime = (ms: number): string => formatDuration(ms / 1000);
  const { maxFailuresPerWave, maxFailures, startDeadlineMs, observeMs, restart, reboot } = settings;
  return [
    `      stops when more than ${maxFailuresPerWave} of a wave or ${maxFailures} of all hosts have failed`,
    `      a host must be well within ${inTime(startDeadlineMs)} and stay so for ${inTime(observeMs)}`,
    `      services on replaced files: ${restart === 'needed' ? 'restarted' : 'not restarted'}; reboot: ${reboot === 'needed' ? 'when needed' : 'never'}`,
  ];
}

function describeHost({ host, state, note }: RolloutHost): string {
  const why = note === undefined ? '' : `: ${sentence(note)}`;
  return `      ${HOST_ICONS[state]} ${listHosts([host])} ${HOST_STATES[state]}${why}`;
}
