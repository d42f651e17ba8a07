import type { HostReport, Level } from '../domain/host-report.ts';
import { oldestCheckMs } from '../domain/watched.ts';
import type { Digest } from '../services/digests/digest.ts';
import { actions, button } from './blocks.ts';
import { commandFor, type DigestLevel, type DigestPart, partSection } from './digest-part.ts';
import { slackTime } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { listHosts } from './rollout-text.ts';
import { describeProblems } from './status-problems.ts';
import { CHECK_AGAIN, rememberedCheck } from './status-view.ts';

const LATE_MS = 15 * 60_000;
const LEVELS: Readonly<Record<Level, DigestLevel>> = {
  unreachable: 'critical',
  critical: 'critical',
  warning: 'warning',
  unknown: 'unknown',
  ok: 'note',
};

export interface HostsStand {
  readonly part: DigestPart | undefined;
  /** For the first line: `5 of 6 healthy, 1 not known`. */
  readonly fact: string;
}

/** How the hosts are; one that was not checked lately is not known to be well. */
export function hostsStand(digest: Digest): HostsStand {
  const { environment, reports, until } = digest;
  if (reports === undefined) {
    return { part: undefined, fact: 'health not known' };
  }
  const late = oldestCheckMs(environment, LATE_MS);
  const fresh = reports.filter(({ checkedAt }) => until.getTime() - checkedAt.getTime() <= late);
  const seen = new Set(fresh.map(({ host }) => host));
  const unseen = environment.hosts.map(({ name }) => name).filter((name) => !seen.has(name));
  const ill = fresh.filter(({ level }) => level !== 'ok');
  const isWell = ill.length === 0 && unseen.length === 0;
  return {
    part: isWell ? undefined : hostsPart(digest, ill, unseen),
    fact: factOf(fresh.length - ill.length, environment.hosts.length, unseen.length),
  };
}

function factOf(healthy: number, all: number, unseen: number): string {
  const everything = all === 1 ? '1 host healthy' : `all ${all} hosts healthy`;
  const well = healthy === all ? everything : `${healthy} of ${all} healthy`;
  return unseen === 0 ? well : `${well}, ${unseen} not known`;
}

function hostsPart(digest: Digest, ill: readonly HostReport[], unseen: readonly string[]): DigestPart {
  const lines = [...describeProblems(ill), ...(unseen.length > 0 ? [unseenLine(digest, unseen)] : [])];
  const { environment } = digest;
  const value = rememberedCheck({ environment, hosts: environment.hosts }, '');
  return {
    level: ill[0] === undefined ? 'unknown' : LEVELS[ill[0].level],
    blocks: [
      partSection('Hosts', lines, `all of them, as they are now: ${commandFor(digest, 'status')}`),
      ...actions(button('Check now', CHECK_AGAIN, value)),
    ],
  };
}

function unseenLine({ environment, reports = [] }: Digest, unseen: readonly string[]): string {
  const last = reports.filter(({ host }) => unseen.includes(host)).map(({ checkedAt }) => checkedAt.getTime());
  const since = last.length > 0 ? `not checked since ${slackTime(new Date(Math.max(...last)))}` : 'never checked';
  const why = environment.monitoring === undefined ? ', because `monitoring` is `off` here' : '';
  return `${LEVEL_ICONS.unknown} ${listHosts(unseen)}: ${since}${why}, so I do not know how ${unseen.length === 1 ? 'it is' : 'they are'}`;
}
