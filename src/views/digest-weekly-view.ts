import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Digest } from '../services/digests/digest.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { context, section } from './blocks.ts';
import { startOf } from './digest-duties.ts';
import { availabilityOf, lateBlocks, periodLine, shareInWords, unknownLine } from './digest-frame.ts';
import { partSection } from './digest-part.ts';
import { alertNumbers } from './digest-troubles.ts';
import { formatDuration, slackTime } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { cut, escapeMrkdwn } from './mrkdwn.ts';
import { isTakenBack, ROLLOUT_ICONS } from './rollout-state.ts';
import { listHosts, sentence } from './rollout-text.ts';

const LONGEST_NAME = 80;
const NAMED_HOSTS = 3;
/** Below it a host is named. */
const GOOD_SHARE = 0.999;
/** Below it we say that not enough was measured. */
const GOOD_COVERAGE = 0.95;

/** For the customer, in the shared channel: what was done, what is planned, how available it was. Nothing of our own. */
export function weeklyDigestView(digest: Digest): Message {
  const { customerName, environment, alerts, reviews = [] } = digest;
  const done = (digest.done ?? []).filter(isWork);
  const { planned = [] } = digest;
  const ref = escapeMrkdwn(`${cut(customerName, LONGEST_NAME)}, ${cut(environment.name, LONGEST_NAME)}`);
  const unknown = unknownLine(forCustomers(digest));
  const summary = summaryOf(digest, done.length);
  const blocks = [
    ...lateBlocks(digest),
    section(`📋 *The last week of ${ref}* · ${summary}`),
    ...availabilityBlocks(digest),
    ...(done.length > 0 ? [partSection('What was done', done.map(doneLine))] : []),
    ...(planned.length > 0 ? [partSection('What is planned', planned.map(plannedLine))] : []),
    ...(alerts !== undefined && alerts.length > 0 ? [partSection('Alerts', [alertNumbers(alerts)])] : []),
    ...(reviews.length > 0 ? [context(reviewWords(reviews.length))] : []),
    ...(unknown === undefined ? [] : [section(unknown)]),
    context(periodLine(digest)),
  ] satisfies KnownBlock[];
  return { text: `📋 The last week of ${ref}: ${summary}`, blocks };
}

/** Approvals that nobody gave and changes that were taken back before they began are no work. */
function isWork(rollout: Rollout): boolean {
  return ['succeeded', 'failed', 'aborted'].includes(rollout.state) && !isTakenBack(rollout);
}

/** What a weekly digest is not about cannot be missing in it. */
function forCustomers(digest: Digest): Digest {
  return { ...digest, reports: [], disks: [], patches: [], certificates: [], approvals: [], reviews: [] };
}

function summaryOf({ environment, availability, alerts, planned, done }: Digest, work: number): string {
  const { share } = availabilityOf(availability ?? []);
  return [
    environment.monitoring === undefined ? 'availability is not measured here' : `availability ${share}`,
    ...(done === undefined ? [] : [work === 0 ? 'no change was made' : `${count(work, 'change')} made`]),
    ...(planned === undefined ? [] : [planned.length === 0 ? 'none is planned' : `${planned.length} planned`]),
    ...(alerts === undefined ? [] : [alerts.length === 0 ? 'no alerts' : count(alerts.length, 'alert')]),
  ].join(', ');
}

function availabilityBlocks(digest: Digest): readonly KnownBlock[] {
  const { availability, environment } = digest;
  if (availability === undefined) {
    return [];
  }
  const { share, checks, unmeasured } = availabilityOf(availability);
  const every = environment.monitoring?.everyMs;
  const rhythm = every === undefined ? '' : `, one each ${formatDuration(every / 1000)} and host`;
  const worst = availability
    .filter((one) => one.share !== undefined && one.share < GOOD_SHARE)
    .toSorted((one, other) => (one.share ?? 0) - (other.share ?? 0));
  const lines = [
    `${share} of ${checks.toLocaleString('en-US')} checks${rhythm}, found the host answering and all its applications healthy. Planned work counts too.`,
    ...worst.slice(0, NAMED_HOSTS).map((one) => `      ${listHosts([one.host])} ${shareInWords(one.share)}`),
    ...coverageLines(digest, checks),
    ...(unmeasured.length > 0 ? [`${LEVEL_ICONS.unknown} Not measured: ${listHosts(unmeasured)}`] : []),
  ];
  return [partSection('Availability', lines)];
}

/** A share of few checks is no share of the week. */
function coverageLines({ environment, from, until }: Digest, checks: number): readonly string[] {
  const every = environment.monitoring?.everyMs;
  const due = every === undefined ? 0 : (environment.hosts.length * (until.getTime() - from.getTime())) / every;
  return due > 0 && checks / due < GOOD_COVERAGE
    ? [
        `${LEVEL_ICONS.unknown} That is ${shareInWords(checks / due)} of the checks that were due; of the rest nothing is known.`,
      ]
    : [];
}

const OUTCOMES: Readonly<Partial<Record<Rollout['state'], string>>> = {
  succeeded: 'done',
  failed: 'stopped because something failed; our operations team is on it',
  aborted: 'stopped on request',
};

/** Without who asked for it and why: that is between us. */
function doneLine({ state, plan, endedAt }: Rollout): string {
  const when = endedAt === undefined ? '' : `, ${slackTime(endedAt)}`;
  return `${ROLLOUT_ICONS[state]} ${sentence(plan.title)} · ${OUTCOMES[state] ?? state}${when}`;
}

const PROSPECTS: Readonly<Partial<Record<Rollout['state'], string>>> = {
  awaiting_approval: 'waits for approval',
  waiting: 'approved',
  running: 'under way',
  paused: 'under way, paused',
};

function plannedLine(rollout: Rollout): string {
  const { state, plan } = rollout;
  const facts = [PROSPECTS[state] ?? state, ...[startOf(rollout) ?? []].flat()];
  return `${ROLLOUT_ICONS[state]} ${sentence(plan.title)} · ${facts.join(', ')}`;
}

function reviewWords(reviews: number): string {
  return `🚨 ${count(reviews, 'use of the emergency way waits', 'uses of the emergency way wait')} for review.`;
}
