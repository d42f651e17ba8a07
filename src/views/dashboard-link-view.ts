import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import { context, section } from './blocks.ts';
import { slackTime } from './format-numbers.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

export interface DashboardLink {
  readonly url: string;
  readonly expiresAt: Date;
  /** `acme/prod`; missing: everything. */
  readonly of?: string | undefined;
}

/** For one pair of eyes: whoever opens the link first is that person on the pages. */
export function dashboardLinkView({ url, expiresAt, of }: DashboardLink): Message {
  const what = of === undefined ? 'the dashboard' : `the dashboard of ${escapeMrkdwn(of)}`;
  const blocks = [
    section(`📈 <${url}|Open ${what}>`),
    context(
      `Yours alone: it signs you in, works once and until ${slackTime(expiresAt)}. Do not pass it on. The pages then stay open to you for 8 hours at most.`,
    ),
  ] satisfies KnownBlock[];
  return { text: `Your personal link to ${what}`, blocks };
}
