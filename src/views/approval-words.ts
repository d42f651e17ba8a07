import { count } from '../domain/count.ts';
import type { Approval, OpenSeats } from '../services/approvals/approval.ts';
import { formatAge, slackTime } from './format-numbers.ts';
import { cut, escapeMrkdwn } from './mrkdwn.ts';
import { listed, personName, quoted } from './rollout-text.ts';

const LONGEST_NAME = 60;
const NAMED_PEOPLE = 10;

/** `1 approver of the operations team and 2 customers of Acme Bank's workspace`. */
export function seatsInWords(seats: readonly OpenSeats[], customerName: string): string {
  return listed(seats.map((seat) => seatInWords(seat, customerName)));
}

function seatInWords({ role, count: seats, team }: OpenSeats, customerName: string): string {
  const who = count(seats, escapeMrkdwn(cut(role, LONGEST_NAME)));
  switch (team) {
    case 'home':
      return `${who} of the operations team`;
    case 'customer':
      return `${who} of ${escapeMrkdwn(cut(customerName, LONGEST_NAME))}'s workspace`;
    case 'any':
      return who;
  }
}

/** `*Carol Mensah* and *Dana Okafor*`; `undefined` when nobody approved. */
export function votersOf({ votes }: Approval): string | undefined {
  const named = votes.slice(0, NAMED_PEOPLE).map(({ person }) => personName(person));
  const more = votes.length > NAMED_PEOPLE ? [`${votes.length - NAMED_PEOPLE} more`] : [];
  return votes.length > 0 ? listed([...named, ...more]) : undefined;
}

/** What was decided by whom, without an end: `rejected by *Carol Mensah*: “not tonight”`. */
export function decisionInWords(approval: Approval): string {
  const { status, decision } = approval;
  const by = decision?.by === undefined ? '' : ` by ${personName(decision.by)}`;
  const why = decision?.reason === undefined ? '' : `: ${quoted(decision.reason)}`;
  switch (status) {
    case 'pending':
      return 'not decided yet';
    case 'approved':
      return approval.breakGlassId === undefined
        ? `approved by ${votersOf(approval) ?? 'nobody'}`
        : '🚨 started by break-glass, approved by nobody';
    case 'rejected':
      return `rejected${by}${why}`;
    case 'expired':
      return 'expired: not everybody who must agree did so in time';
    case 'void':
      return `void${why}`;
    case 'withdrawn':
      return `taken back${by}`;
  }
}

/** `, today 12:31`, or nothing while it is pending. For messages that stay. */
export function decidedAt({ decision }: Approval): string {
  return decision === undefined ? '' : `, ${slackTime(decision.at)}`;
}

/** ` 5 min ago`, or nothing while it is pending. For what is read at once. */
export function decidedAgo({ decision }: Approval, now: Date): string {
  return decision === undefined ? '' : ` ${formatAge(decision.at, now)} ago`;
}
