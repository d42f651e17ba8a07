import type { KnownBlock } from '@slack/types';
import type { Actor } from '../domain/actor.ts';
import { refOf } from '../domain/environment-ref.ts';
import type { HostReport } from '../domain/host-report.ts';
import type { Environment } from '../domain/inventory.ts';
import { UNKNOWN_PERSON } from '../domain/permission.ts';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { button, context, section, withButton } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatAge } from './format-numbers.ts';
import { approvalBlocks, DUTY_BLOCKS, reviewBlocks, type WaitingApproval } from './home-duties.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';
import { summarizeReports } from './status-summary.ts';

/** Action id of the button beside an environment; its value is `customer/environment`. */
export const HOME_CHECK = 'home.check';

/** Headings, what waits for the person and the footer take the rest. */
const SHOWN_ENVIRONMENTS = SLACK_LIMITS.view.blocks - DUTY_BLOCKS - 10;
const LONGEST_SUMMARY = 400;
const LONGEST_NAME = 80;
const NOTHING_TO_SEE = 'None of your roles lets you see an environment. Ask whoever runs msops.';

export interface HomeFacts {
  readonly actor: Actor;
  readonly environments: readonly HomeEnvironment[];
  /** That this person could decide now, oldest first. */
  readonly approvals: readonly WaitingApproval[];
  /** That this person may review, oldest first. */
  readonly breakGlass: readonly BreakGlass[];
  readonly now: Date;
}

/** One that this person may see. */
export interface HomeEnvironment {
  readonly environment: Environment;
  /** Of the last check, worst first; none when there was no check; `undefined` when the person may not see them. */
  readonly reports: readonly HostReport[] | undefined;
}

/** The blocks of App Home. */
export function homeView({ actor, environments, approvals, breakGlass, now }: HomeFacts): {
  readonly blocks: readonly KnownBlock[];
} {
  if (actor.grants.length === 0 && approvals.length === 0 && environments.length === 0) {
    return { blocks: [section(UNKNOWN_PERSON)] };
  }
  const shown = environments.slice(0, SHOWN_ENVIRONMENTS);
  const left = environments.length - shown.length;
  const blocks = [
    header('Waiting for your approval'),
    ...approvalBlocks(approvals),
    ...(breakGlass.length > 0 ? [header('Break-glass to review'), ...reviewBlocks(breakGlass, now)] : []),
    { type: 'divider' },
    header('Environments'),
    ...(shown.length === 0 ? [section(NOTHING_TO_SEE)] : []),
    ...shown.map((one) => environmentBlock(one, now)),
    ...(left > 0 ? [context(`${left} more found no room here: ${code(`${COMMAND_WORD} status <environment>`)}`)] : []),
    { type: 'divider' },
    context(
      `Health is that of the last check; nothing is checked by looking. ${code(`${COMMAND_WORD} help`)} lists what you may do.`,
    ),
  ] satisfies KnownBlock[];
  return { blocks };
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function environmentBlock({ environment, reports }: HomeEnvironment, now: Date): KnownBlock {
  const ref = refOf(environment);
  const name = escapeMrkdwn(cut(ref, LONGEST_NAME));
  const kind = environment.production ? ' · production' : '';
  if (reports === undefined) {
    return section(`*${name}*${kind}\nYour roles do not let you see its health.`);
  }
  const block = section(`${healthIcon(environment, reports)} *${name}*${kind}\n${health(environment, reports, now)}`);
  return withButton(block, button('Check now', HOME_CHECK, ref));
}

/** Healthy only when every host was looked at. */
function healthIcon({ hosts }: Environment, reports: readonly HostReport[]): string {
  const worst = reports[0]?.level ?? 'unknown';
  return LEVEL_ICONS[worst === 'ok' && reports.length < hosts.length ? 'unknown' : worst];
}

function health({ hosts }: Environment, reports: readonly HostReport[], now: Date): string {
  const oldest = reports.map(({ checkedAt }) => checkedAt).toSorted((one, other) => one.getTime() - other.getTime())[0];
  if (oldest === undefined) {
    return `unknown: its ${hosts.length === 1 ? 'host was' : `${hosts.length} hosts were`} never checked`;
  }
  const unchecked = hosts.length - reports.length;
  const gap = unchecked > 0 ? `; ${unchecked} never checked` : '';
  const summary = escapeMrkdwn(cut(summarizeReports(reports), LONGEST_SUMMARY));
  return `${summary}${gap}\nOldest check: ${formatAge(oldest, now)} ago`;
}
