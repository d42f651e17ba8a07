import type { KnownBlock } from '@slack/types';
import type { Digest } from '../services/digests/digest.ts';
import type { HostAvailability } from '../services/metrics/metrics-service.ts';
import { section } from './blocks.ts';
import { slackTime, UNKNOWN } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { listed } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';
import { minuteIn } from './zoned-times.ts';

/** How a digest that comes late begins. */
export function lateBlocks({ lateSince, lateBecause, timeZone }: Digest): readonly KnownBlock[] {
  if (lateSince === undefined) {
    return [];
  }
  const time = minuteIn(lateSince, timeZone);
  const why = lateBecause === 'failed' ? `It could not be made at ${time}` : `No bot was up at ${time}`;
  return [section(`⏰ *${why}; this is the digest of ${time}.* Due ${dateInZone(lateSince, timeZone)}.`)];
}

/** Of what time it is. */
export function periodLine({ from, until }: Digest): string {
  return `From ${slackTime(from)} to ${slackTime(until)}.`;
}

const PARTS = {
  reports: 'how the hosts are',
  alerts: 'alerts',
  disks: 'when disks will be full',
  availability: 'availability',
  patches: 'pending security updates',
  certificates: 'when certificates end',
  approvals: 'open approvals',
  reviews: 'break-glass reviews',
  done: 'rollouts that ended',
  planned: 'rollouts to come',
} as const satisfies Partial<Record<keyof Digest, string>>;

/** What only watching tells. */
const MEASURED: readonly string[] = ['disks', 'availability'] satisfies readonly (keyof Digest)[];

/** What could not be found out, in words; `undefined` when everything could. Nobody looks for what is not measured. */
export function unknownLine(digest: Digest): string | undefined {
  const isWatched = digest.environment.monitoring !== undefined;
  const missing = Object.entries(PARTS).filter(
    ([part]) => digest[part as keyof typeof PARTS] === undefined && (isWatched || !MEASURED.includes(part)),
  );
  const names = listed(missing.map(([, words]) => words));
  return missing.length > 0 ? `${LEVEL_ICONS.unknown} *Could not be found out:* ${names}` : undefined;
}

/** All checks of all hosts as one. */
export interface Availability {
  /** `99.98 %`, rounded down; `unknown` without any check. */
  readonly share: string;
  readonly checks: number;
  /** Hosts without any check. */
  readonly unmeasured: readonly string[];
}

export function availabilityOf(hosts: readonly HostAvailability[]): Availability {
  const measured = hosts.flatMap(({ share, checks }) => (share === undefined ? [] : [{ share, checks }]));
  const checks = measured.reduce((sum, one) => sum + one.checks, 0);
  const good = measured.reduce((sum, one) => sum + one.share * one.checks, 0);
  const unmeasured = hosts.filter(({ share }) => share === undefined).map(({ host }) => host);
  return { share: shareInWords(checks === 0 ? undefined : good / checks), checks, unmeasured };
}

/** Never rounded up to a hundred. */
export function shareInWords(share: number | undefined): string {
  if (share === undefined) {
    return UNKNOWN;
  }
  // A share that was computed may be a hair below what it is.
  const hundredths = Math.floor(share * 10_000 + 1e-6);
  return hundredths >= 10_000 ? '100 %' : `${(hundredths / 100).toFixed(2)} %`;
}
