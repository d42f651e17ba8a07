import { describePart, type ProbePart, type ProbeParts, shownWords } from '../../domain/probe-output.ts';
import type { PendingPackage } from './os-sample.ts';
import { ageOf, orderPending, type PackageNumbers } from './package-numbers.ts';
import { newestTime } from './parse-times.ts';

/** `apt-get -s dist-upgrade` and the files beside it. What does not add up is unknown, never "nothing pending". */
export function parseDebianPackages(parts: ProbeParts, now: number | undefined): PackageNumbers {
  const labels = sourceLabels(parts.get('sources'));
  const held = parts.get('held')?.exitCode === 0 ? (parts.get('held')?.lines ?? []) : undefined;
  const lines = parts.get('apt')?.lines ?? [];
  const trouble = whyNoSimulation(parts.get('apt')) ?? whyNoLists(labels);
  const listsAgeSeconds = ageOf(newestTime(parts.get('lists')), now);
  const securityKnown = trouble === undefined && labels.some(isSecurityLabel);
  return {
    pending: trouble === undefined ? orderPending(readPending(lines, held ?? [])) : undefined,
    securityKnown,
    removals: lines.flatMap((line) => /^Remv (\S+)/.exec(line)?.[1] ?? []),
    keptBack: keptBack(lines),
    held,
    listsAgeSeconds,
    gaps: [
      ...(trouble === undefined ? [] : [`pending updates: ${trouble}`]),
      ...(trouble !== undefined || securityKnown
        ? []
        : ['security updates: none of the package sources is one of security updates, so none would show']),
      ...(held ? [] : [`held packages: ${describePart(parts.get('held'))}`]),
      ...(listsAgeSeconds === undefined ? [`age of the package lists: ${describePart(parts.get('lists'))}`] : []),
    ],
  };
}

const SUMMARY =
  /^(\d{1,6}) upgraded, (\d{1,6}) newly installed, (?:(\d{1,6}) downgraded, )?\d{1,6} to remove and \d{1,6} not upgraded\.$/;

/** Of `apt-get -s`; why its answer is not to be trusted. */
export function whyNoSimulation(apt: ProbePart | undefined): string | undefined {
  const complaint = apt?.lines.find((line) => line.startsWith('E: '));
  if (apt?.exitCode !== 0) {
    return complaint ? shownWords(complaint.slice(3)) : describePart(apt);
  }
  const summary = apt.lines.map((line) => SUMMARY.exec(line)).find((match) => match !== null);
  if (!summary) {
    return 'apt-get did not come to its end';
  }
  const announced = summary.slice(1).reduce((sum, count = '0') => sum + Number(count), 0);
  const read = apt.lines.filter((line) => INST.test(line)).length;
  return announced === read ? undefined : `apt-get announced ${announced} packages and named ${read}`;
}

function whyNoLists(labels: readonly string[]): string | undefined {
  return labels.length === 0 ? 'there are no package lists to compare with; `apt-get update` fetches them' : undefined;
}

const INST = /^Inst (\S+)(?: \[([^\]]+)\])? \((\S+) ([^)[\]]+?)(?: \[[\w-]+\])?\)/;

/** The `Inst` lines of `apt-get -s`. */
export function readPending(lines: readonly string[], held: readonly string[]): readonly PendingPackage[] {
  return lines.flatMap((line) => {
    const [, name, from, to, origins = ''] = INST.exec(line) ?? [];
    if (name === undefined || to === undefined) {
      return [];
    }
    const labels = origins.split(', ').map(readOrigin);
    const source = labels.find(isSecurityLabel) ?? labels[0] ?? '';
    const isHeld = held.includes(name) || held.includes(name.replace(/:\w+$/, ''));
    return [{ name, from, to, security: labels.some(isSecurityLabel), source, held: isHeld }];
  });
}

/**
 * `Debian-Security:12/oldstable-security`, of a mirror that leaves out the version `Debian-Security:oldstable-security`.
 * The label says what an origin is; suites are renamed at each release. Ubuntu
 * alone has one label for everything, so there the pocket is part of it.
 */
function readOrigin(origin: string): string {
  const [, label = origin, archive = ''] = /^([^:]*):(?:[^/]*\/)?(.*)$/.exec(origin) ?? [];
  return labelOf(label, archive);
}

function labelOf(label: string, archive: string): string {
  const pocket = /-(security|updates|backports|proposed)$/.exec(archive)?.[1];
  return label === 'Ubuntu' && pocket ? `Ubuntu ${pocket}` : label;
}

function isSecurityLabel(label: string): boolean {
  return label === 'Debian-Security' || label === 'Ubuntu security' || label.startsWith('UbuntuESM');
}

/** `release v=12,o=Debian,a=oldstable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64` of apt-cache policy. */
function sourceLabels(sources: ProbePart | undefined): readonly string[] {
  const releases = (sources?.lines ?? []).flatMap((line) => /^ +release (.+)$/.exec(line)?.[1] ?? []);
  const fields = releases.map((release) => new Map(release.split(',').map((field) => [field[0], field.slice(2)])));
  return fields
    .filter((field) => field.get('a') !== 'now')
    .map((field) => labelOf(field.get('l') ?? '', field.get('a') ?? ''));
}

const KEPT_BACK = 'The following packages have been kept back:';

function keptBack(lines: readonly string[]): readonly string[] {
  const start = lines.indexOf(KEPT_BACK);
  const after = start < 0 ? [] : lines.slice(start + 1);
  const end = after.findIndex((line) => !line.startsWith('  '));
  return after.slice(0, end < 0 ? undefined : end).flatMap((line) => /^ +(\S+)/.exec(line)?.[1] ?? []);
}
