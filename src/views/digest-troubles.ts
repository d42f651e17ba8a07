import { certificateLevel } from '../domain/certificate-ends.ts';
import { count } from '../domain/count.ts';
import { spanInWords } from '../domain/duration.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import type { Digest, PendingPatches } from '../services/digests/digest.ts';
import { detailsButton } from './alert-buttons.ts';
import { alertHeadline, worstTold } from './alert-headline.ts';
import { SIGNAL_WORDS } from './alert-signals.ts';
import { section, withButton } from './blocks.ts';
import { commandFor, type DigestPart, partSection } from './digest-part.ts';
import { formatAge, formatPercent, slackTime } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { code, cut } from './mrkdwn.ts';
import { listHosts } from './rollout-text.ts';

const DAY_MS = 86_400_000;
const SHOWN_GROUPS = 4;
const LONGEST_PLACE = 120;
const CRITICAL_DISK_MS = 2 * DAY_MS;
/** More are not given. */
const MOST_ALERTS = 200;

/** Alerts that go on, and how many there were. */
export function alertsPart(digest: Digest): DigestPart | undefined {
  const { alerts = [], until } = digest;
  const open = alerts.filter(({ endedAt }) => endedAt === undefined);
  if (alerts.length === 0) {
    return undefined;
  }
  const shown = open.slice(0, SHOWN_GROUPS).map((group) => {
    const { icon, mrkdwn } = alertHeadline(group);
    return withButton(section(`${icon} ${mrkdwn} · for ${formatAge(group.begunAt, until)}`), detailsButton(group));
  });
  const next = open.length > 0 ? `all of them: ${commandFor(digest, 'alerts')}` : undefined;
  return {
    level: levelOf(open),
    fact: open.length > 0 ? `${count(open.length, 'alert')} open` : undefined,
    blocks: [partSection('Alerts', [alertNumbers(alerts)], next), ...shown],
  };
}

/** `5 alerts: 3 disk, 2 JVM heap. 4 are over, 1 goes on.` */
export function alertNumbers(alerts: readonly AlertGroup[]): string {
  const bySignal = [...Map.groupBy(alerts, ({ signal }) => signal)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  const open = alerts.filter(({ endedAt }) => endedAt === undefined).length;
  const kinds = bySignal.map(([signal, its]) => `${its.length} ${SIGNAL_WORDS[signal].noun}`).join(', ');
  const most = alerts.length >= MOST_ALERTS ? 'At least ' : '';
  return `${most}${count(alerts.length, 'alert')}: ${kinds}. ${howTheyStand(alerts.length - open, open)}.`;
}

function howTheyStand(over: number, open: number): string {
  const isOver = over === 1 ? 'is over' : 'are over';
  const goesOn = open === 1 ? 'goes on' : 'go on';
  if (open === 0 || over === 0) {
    return `${over + open === 1 ? 'It' : 'All'} ${open === 0 ? isOver : goesOn}`;
  }
  return `${over} ${isOver}, ${open} ${goesOn}`;
}

function levelOf(open: readonly AlertGroup[]): DigestPart['level'] {
  return worstTold(open.flatMap(({ alerts }) => alerts)) ?? 'note';
}

export function disksPart(digest: Digest): DigestPart | undefined {
  const { disks = [], until } = digest;
  const [first, ...others] = disks.toSorted((one, other) => one.fullAt.getTime() - other.fullAt.getTime());
  if (first === undefined) {
    return undefined;
  }
  const leftMs = ({ fullAt }: typeof first): number => fullAt.getTime() - until.getTime();
  const lines = [first, ...others].map(
    (disk) =>
      `${LEVEL_ICONS[leftMs(disk) <= CRITICAL_DISK_MS ? 'critical' : 'warning']} ${listHosts([disk.host])} ${formatPercent(disk.usedPercent)} used, full ${slackTime(disk.fullAt)} if it goes on like this`,
  );
  const many = others.length > 0 ? `${disks.length} disks full, the first` : '1 disk full';
  return {
    level: leftMs(first) <= CRITICAL_DISK_MS ? 'critical' : 'warning',
    fact: `${many} in ${spanInWords(leftMs(first))}`,
    blocks: [partSection('Disks', lines, commandFor(digest, 'chart', `disk ${first.host} --since 7d`))],
  };
}

export function certificatesPart({ certificates = [], until }: Digest): DigestPart | undefined {
  const [first] = certificates;
  if (first === undefined) {
    return undefined;
  }
  const leftMs = ({ endsAt }: typeof first): number => endsAt.getTime() - until.getTime();
  const isCritical = (one: typeof first): boolean => certificateLevel(leftMs(one)) === 'critical';
  const when = (one: typeof first): string =>
    leftMs(one) <= 0 ? `ended ${spanInWords(-leftMs(one))} ago` : `ends in ${spanInWords(leftMs(one))}`;
  const lines = certificates.map(
    (one) =>
      `${LEVEL_ICONS[isCritical(one) ? 'critical' : 'warning']} ${listHosts([one.host])} ${code(cut(one.where, LONGEST_PLACE))} ${when(one)}, ${slackTime(one.endsAt)}`,
  );
  const many = certificates.length > 1 ? `${certificates.length} certificates, the first` : '1 certificate';
  return {
    level: isCritical(first) ? 'critical' : 'warning',
    fact: `${many} ${when(first)}`,
    blocks: [partSection('Certificates', lines, 'renew it and restart what shows it; the next check closes the alert')],
  };
}

export function patchesPart(digest: Digest): DigestPart | undefined {
  const { patches = [], environment, until } = digest;
  const within = environment.securityWithinMs ?? Number.POSITIVE_INFINITY;
  const age = ({ oldest }: PendingPatches): number => until.getTime() - oldest.getTime();
  const overdue = patches.filter((one) => age(one) > within);
  if (patches.length === 0) {
    return undefined;
  }
  const lines = patches
    .toSorted((one, other) => age(other) - age(one))
    .map((one) => {
      const icon = age(one) > within ? `${LEVEL_ICONS.critical} ` : '';
      const late = age(one) > within ? `, longer than the ${spanInWords(within)} agreed` : '';
      return `${icon}${listHosts([one.host])} ${count(one.security, 'security update')}, the oldest waits for ${spanInWords(age(one))}${late}`;
    });
  const all = patches.reduce((sum, { security }) => sum + security, 0);
  return {
    level: overdue.length > 0 ? 'critical' : 'note',
    fact:
      overdue.length > 0
        ? `security updates overdue on ${count(overdue.length, 'host')}`
        : count(all, 'security update waits', 'security updates wait'),
    blocks: [partSection('Security updates', lines, commandFor(digest, 'patch plan'))],
  };
}
