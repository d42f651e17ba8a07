import { count } from '../../../domain/count.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec } from '../../rollouts/host-change.ts';
import { type AskedHost, type AskHost, isNoAnswer, problemOf } from '../ask-host.ts';
import { listed } from '../judge-plan.ts';
import type { OsFamily } from '../os-sample.ts';
import { findUndone, type PackagesSeen, readLook } from './look.ts';
import { buildLook, queryName } from './look-command.ts';
import { readVersions, type Versions } from './offer.ts';
import { buildVersionsQuestion } from './offer-command.ts';
import { assemblePlan } from './os-packages-plan.ts';
import { type PackageStep, type PackageWork, readPackageWork, specifierOf } from './package-work.ts';
import type { HostOutcome } from './plan-host.ts';
import { readUndoSpec } from './undo-spec.ts';

/** Asks the hosts which of the packages can go back. */
export async function planUndo(
  ask: AskHost,
  spec: ChangeSpec,
  { environment, hosts }: ChangeSelection,
): Promise<ChangePlan> {
  const { of, hosts: wanted } = readUndoSpec(spec);
  const outcomes = await Promise.all(
    hosts.map((host) => outcomeOf(ask, { environment, host }, wanted[host.name] ?? [])),
  );
  const names = hosts.map(({ name }) => name);
  const plan = assemblePlan({ type: 'os_packages_undo', spec, hosts: names }, outcomes);
  const packages = new Set(plan.hosts.flatMap(({ work }) => readPackageWork(work).packages.map(({ name }) => name)));
  const where = count(plan.hosts.length, 'host');
  return { ...plan, title: `Bring back ${count(packages.size, 'package')} to the versions before ${of} on ${where}` };
}

async function outcomeOf(ask: AskHost, asked: AskedHost, wanted: readonly PackageStep[]): Promise<HostOutcome> {
  const problem = (text: string): HostOutcome => ({ problems: [{ host: asked.host.name, text }], warnings: [] });
  if (wanted.length === 0) {
    return { problems: [], warnings: [] };
  }
  const parts = await ask(asked, buildLook(wanted));
  if (isNoAnswer(parts)) {
    return { problems: [problemOf(asked.host, parts)], warnings: [] };
  }
  const [family] = parts.get('family')?.lines ?? [];
  const seen = readLook(parts);
  if (seen === undefined || !(family === 'debian' || family === 'rhel')) {
    return problem('the host did not say how its packages stand');
  }
  if (seen.interrupted === true) {
    return problem('dpkg was interrupted: `dpkg --configure -a` repairs it');
  }
  const steps = wanted.flatMap((step) => stepBack(step, seen));
  if (steps.length === 0) {
    return { problems: [], warnings: [] }; // Asked about no package, dnf would list all that there are.
  }
  const answer = await ask(asked, buildVersionsQuestion(steps.map((step) => askedName(family, step))));
  return toOutcome(asked, { family, steps, versions: isNoAnswer(answer) ? undefined : readVersions(answer) });
}

function askedName(family: OsFamily, step: PackageStep): string {
  return family === 'debian' ? step.name : specifierOf(family, step);
}

function stepBack(step: PackageStep, seen: PackagesSeen): readonly PackageStep[] {
  const isThere = findUndone([step], seen, 'down').length === 0;
  return isThere ? [] : [{ ...step, from: seen.states.get(queryName(step))?.version }];
}

interface Found {
  readonly family: OsFamily;
  readonly steps: readonly PackageStep[];
  readonly versions: Versions | undefined;
}

function toOutcome({ host }: AskedHost, { family, steps, versions }: Found): HostOutcome {
  const gone = steps.filter(({ name, to }) => versions?.canBeHad(name, to) !== true);
  if (gone.length > 0) {
    const names = listed(gone.map(({ name, to }) => `${name} ${to}`));
    const text =
      versions === undefined
        ? 'whether the versions before can be had is not known'
        : `in no source any more: ${names}`;
    return { problems: [{ host: host.name, text }], warnings: [] };
  }
  const packages = steps.map((step) => withFile(step, versions));
  const work: PackageWork = { family, packages, along: [], repair: false };
  const lines = packages.map(({ name, from, to }) => `${name} ${from ?? 'missing'} → ${to}`);
  const rollback = 'the newer versions come back by `patch apply`';
  return { plan: { host: host.name, role: host.role, lines, work, rollback }, problems: [], warnings: [] };
}

/** A source is better than a file: apt looks at its signature. */
function withFile(step: PackageStep, versions: Versions | undefined): PackageStep {
  const file = versions?.isOffered(step.name, step.to) ? undefined : versions?.archiveOf(step.name, step.to);
  return file === undefined ? step : { ...step, file };
}
