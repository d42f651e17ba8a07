import { count } from '../domain/count.ts';
import type { Digest } from '../services/digests/digest.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { commandFor, type DigestPart, partSection } from './digest-part.ts';
import { formatAge, slackTime } from './format-numbers.ts';
import { reviewBlocks } from './home-duties.ts';
import { code } from './mrkdwn.ts';
import { ROLLOUT_ICONS, stateInWords } from './rollout-state.ts';
import { personName, sentence } from './rollout-text.ts';

/** What waits for somebody's yes. */
export function approvalsPart({ approvals = [], until }: Digest): DigestPart | undefined {
  if (approvals.length === 0) {
    return undefined;
  }
  const lines = approvals.map(
    ({ title, requester, requestedAt, expiresAt }) =>
      `✋ ${sentence(title)} · asked by ${personName(requester)} ${formatAge(requestedAt, until)} ago, expires ${slackTime(expiresAt)}`,
  );
  return {
    level: 'note',
    fact: count(approvals.length, 'approval waits', 'approvals wait'),
    blocks: [
      partSection(
        'Waiting for approval',
        lines,
        'the buttons are on the card, and in App Home of those who may approve',
      ),
    ],
  };
}

/** Uses of break-glass that nobody has looked at. */
export function reviewsPart({ reviews = [], until }: Digest): DigestPart | undefined {
  if (reviews.length === 0) {
    return undefined;
  }
  const isOverdue = reviews.some(({ reviewDueAt }) => reviewDueAt < until);
  const are = reviews.length === 1 ? 'is' : 'are';
  return {
    level: isOverdue ? 'critical' : 'warning',
    fact: `${count(reviews.length, 'break-glass review')} ${are} ${isOverdue ? 'overdue' : 'open'}`,
    blocks: [partSection('Break-glass', ['To be looked at by somebody else:']), ...reviewBlocks(reviews, until)],
  };
}

/** What was done, and what is to come. Those that wait for a yes are said elsewhere. */
export function rolloutsPart(digest: Digest): DigestPart | undefined {
  const { done = [] } = digest;
  const planned = (digest.planned ?? []).filter(({ state }) => state !== 'awaiting_approval');
  if (done.length === 0 && planned.length === 0) {
    return undefined;
  }
  const failed = done.filter(({ state }) => state === 'failed').length;
  const next = commandFor(digest, 'rollouts');
  return {
    level: failed > 0 ? 'warning' : 'note',
    fact: failed > 0 ? `${count(failed, 'rollout')} failed` : undefined,
    blocks: [
      ...(done.length > 0 ? [partSection('Rollouts that ended', failedFirst(done).map(rolloutLine), next)] : []),
      ...(planned.length > 0 ? [partSection('Rollouts to come', planned.map(plannedLine))] : []),
    ],
  };
}

function failedFirst(rollouts: readonly Rollout[]): readonly Rollout[] {
  return rollouts.toSorted((one, other) => Number(other.state === 'failed') - Number(one.state === 'failed'));
}

function rolloutLine(rollout: Rollout): string {
  const { id, state, plan, endedAt } = rollout;
  const when = endedAt === undefined ? '' : ` ${slackTime(endedAt)}`;
  return `${ROLLOUT_ICONS[state]} ${code(id)} ${sentence(plan.title)} · ${stateInWords(rollout)}${when}`;
}

function plannedLine(rollout: Rollout): string {
  const { id, state, plan } = rollout;
  const when = startOf(rollout);
  return `${ROLLOUT_ICONS[state]} ${code(id)} ${sentence(plan.title)} · ${stateInWords(rollout)}${when === undefined ? '' : `, ${when}`}`;
}

/** `not before …`; nothing of what has begun or may begin at any time. */
export function startOf({ nextAt, startAt, startedAt }: Rollout): string | undefined {
  const at = nextAt ?? startAt;
  return at === undefined || startedAt !== undefined ? undefined : `not before ${slackTime(at)}`;
}
