import type { KnownBlock } from '@slack/types';
import { refOf } from '../domain/environment-ref.ts';
import type { Message } from '../domain/message.ts';
import type { Digest } from '../services/digests/digest.ts';
import { context, section } from './blocks.ts';
import { approvalsPart, reviewsPart, rolloutsPart } from './digest-duties.ts';
import { availabilityOf, lateBlocks, periodLine, unknownLine } from './digest-frame.ts';
import { hostsStand } from './digest-hosts.ts';
import { type DigestLevel, type DigestPart, worstFirst } from './digest-part.ts';
import { alertsPart, certificatesPart, disksPart, patchesPart } from './digest-troubles.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { cut, escapeMrkdwn } from './mrkdwn.ts';
import { listHosts, sentence } from './rollout-text.ts';

const LONGEST_SUMMARY = 300;
const ICONS: Readonly<Record<DigestLevel, string>> = { ...LEVEL_ICONS, note: LEVEL_ICONS.ok };

/** For our own people: how an environment stands, worst first, each with the next step. Three lines when all is well. */
export function dailyDigestView(digest: Digest): Message {
  const hosts = hostsStand(digest);
  const parts = worstFirst(
    [
      ...[hosts.part, alertsPart(digest), disksPart(digest), certificatesPart(digest), reviewsPart(digest)],
      ...[unknownPart(digest), unwatchedPart(digest), patchesPart(digest), approvalsPart(digest), rolloutsPart(digest)],
    ].filter((part) => part !== undefined),
  );
  const facts = [hosts.fact, ...parts.flatMap(({ fact }) => fact ?? []), ...noAlert(digest)];
  const summary = escapeMrkdwn(cut(facts.join(', '), LONGEST_SUMMARY));
  const icon = ICONS[parts[0]?.level ?? 'note'];
  const ref = sentence(refOf(digest.environment));
  const blocks = [
    ...lateBlocks(digest),
    section(`${icon} *${ref}* · ${summary}`),
    ...(parts.length === 0 ? [section(ALL_WELL)] : parts.flatMap(({ blocks: of }) => of)),
    context(closingWords(digest)),
  ] satisfies KnownBlock[];
  return { text: `${icon} ${ref}: ${summary}`, blocks };
}

const ALL_WELL =
  'All is well: no disk fills up within 14 days, no certificate ends within 30, no security update waits, and nothing waits for an approval or a review.';

function noAlert({ alerts, environment }: Digest): readonly string[] {
  return environment.monitoring !== undefined && alerts?.every(({ endedAt }) => endedAt !== undefined)
    ? ['no alert is open']
    : [];
}

function unknownPart(digest: Digest): DigestPart | undefined {
  const line = unknownLine(digest);
  return line === undefined
    ? undefined
    : { level: 'unknown', fact: 'not everything is known', blocks: [section(`${line}. The log of msops says why.`)] };
}

function unwatchedPart({ environment }: Digest): DigestPart | undefined {
  const line = `${LEVEL_ICONS.unknown} \`monitoring\` is \`off\` here, so nothing is known of alerts, availability and how disks fill up.`;
  return environment.monitoring === undefined
    ? { level: 'unknown', fact: 'not watched', blocks: [section(line)] }
    : undefined;
}

function closingWords(digest: Digest): string {
  const { availability, uncertified } = digest;
  const { share, checks } = availabilityOf(availability ?? []);
  return [
    periodLine(digest),
    ...(checks > 0 ? [`${share} of ${checks.toLocaleString('en-US')} checks were fine.`] : []),
    ...(uncertified.length > 0
      ? [`${LEVEL_ICONS.unknown} When certificates end is not known of ${listHosts(uncertified)}.`]
      : []),
  ].join(' ');
}
