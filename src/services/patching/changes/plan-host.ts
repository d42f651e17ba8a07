import type { Environment, Host } from '../../../domain/inventory.ts';
import type { HostPlan, PlanProblem } from '../../rollouts/host-change.ts';
import { listed, STALE_LISTS_SECONDS } from '../judge-plan.ts';
import type { OsSample, PendingPackage } from '../os-sample.ts';
import type { Simulation, Versions } from './offer.ts';
import type { OsPackagesSpec, PackageStep, PackageWork } from './package-work.ts';
import { rollbackWords } from './rollback-words.ts';

/** What is known of a host, for its plan. */
export interface HostFacts {
  readonly environment: Environment;
  readonly host: Host;
  readonly spec: OsPackagesSpec;
  readonly sample: OsSample;
  /** Missing where nothing was to be simulated, and always with dnf. */
  readonly simulation?: Simulation | undefined;
  readonly versions?: Versions | undefined;
}

/** One host's part of a plan. */
export interface HostOutcome {
  /** Missing: nothing is to be done. */
  readonly plan?: HostPlan | undefined;
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly PlanProblem[];
}

/** The updates that are asked for: without held ones, and without what comes new of itself. */
export function choosePackages({ pending = [] }: OsSample, { only }: OsPackagesSpec): readonly PendingPackage[] {
  return pending.filter(
    ({ held, from, security }) => !held && from !== undefined && (only === 'all' || security === true),
  );
}

/** Pure: from what the host said to what would be done on it. */
export function planHost(facts: HostFacts): HostOutcome {
  const { host, spec, sample } = facts;
  const problems = findProblems(facts).map((text) => ({ host: host.name, text }));
  if (sample.family === undefined || sample.pending === undefined) {
    return { problems, warnings: [] };
  }
  const work = { family: sample.family, ...splitChanges(facts), repair: spec.repair && sample.interrupted === true };
  const warnings = findWarnings(facts, work).map((text) => ({ host: host.name, text }));
  const isIdle = work.packages.length === 0 && !work.repair;
  return isIdle ? { problems, warnings } : { plan: toPlan(facts, work), problems, warnings };
}

function toPlan({ host, versions }: HostFacts, work: PackageWork): HostPlan {
  const { family, packages, along, repair } = work;
  const lines = [
    ...(repair ? ['repair dpkg: `dpkg --configure -a`'] : []),
    ...packages.map(describePackage),
    ...along.map((step) => `${describePackage(step)}, comes along`),
  ];
  const rollback = rollbackWords(family, [...packages, ...along], versions);
  return { host: host.name, role: host.role, lines, work, rollback };
}

/** `openssl 3.0.20 → 3.0.22 (security)`. */
function describePackage({ name, from, to, security }: PackageStep): string {
  const mark = security === undefined ? ' (security unknown)' : security ? ' (security)' : '';
  return `${name} ${from ?? 'new'} → ${to}${mark}`;
}

function splitChanges({ sample, spec, simulation }: HostFacts): Pick<PackageWork, 'packages' | 'along'> {
  const chosen = choosePackages(sample, spec);
  const names = new Set(chosen.map(({ name }) => name));
  const along = (simulation?.changes ?? []).filter(({ name }) => !names.has(name));
  return { packages: chosen.map(toStep), along: along.map(toStep) };
}

function toStep({ name, arch, from, to, security }: PendingPackage): PackageStep {
  return { name, arch, from, to, security };
}

function findProblems({ sample, spec, simulation }: HostFacts): readonly string[] {
  const { interrupted, pending, gaps, securityKnown } = sample;
  if (pending === undefined) {
    return [gaps[0] ?? 'what waits on it is not known'];
  }
  return [
    ...(interrupted && !spec.repair
      ? ['dpkg was interrupted: `dpkg --configure -a` repairs it; ask again with --repair to have it done first']
      : []),
    ...(spec.only === 'security' && !securityKnown
      ? [`which updates are security updates is not known: ${gaps[0] ?? 'its repositories do not say'}`]
      : []),
    ...(simulation?.trouble === undefined ? [] : [`it cannot be installed so: ${simulation.trouble}`]),
    ...findNoRoom(simulation),
  ];
}

const MIB = 1024 * 1024;

function findNoRoom(simulation: Simulation | undefined): readonly string[] {
  const { downloadBytes = 0, freeBytes = Number.POSITIVE_INFINITY } = simulation ?? {};
  return downloadBytes <= freeBytes
    ? []
    : [`${Math.ceil(downloadBytes / MIB)} MiB are to be fetched and ${Math.floor(freeBytes / MIB)} MiB are free`];
}

const KERNEL = /^(?:linux-image-|kernel(?:-core|-uek)?$)/;

function findWarnings({ sample, environment }: HostFacts, work: PackageWork): readonly string[] {
  const { pending = [], keptBack, lockHolders, listsAgeSeconds = 0, family, kernel } = sample;
  const held = pending.filter((update) => update.held && update.security).map(({ name }) => name);
  const refresh = family === 'rhel' ? 'dnf makecache' : 'apt-get update';
  const all = [...work.packages, ...work.along];
  const asksForReboot = kernel.rebootNeeded === true || all.some(({ name }) => KERNEL.test(name));
  const isRebooted = environment.rollout.reboot === 'needed';
  return [
    ...(listsAgeSeconds >= STALE_LISTS_SECONDS
      ? [`the package lists are old: there may be more; ask again with --refresh, which runs \`${refresh}\``]
      : []),
    ...(held.length > 0 ? [`held, so these security updates do not install: ${listed(held)}`] : []),
    ...(keptBack.length > 0 ? [`kept back, their dependencies do not allow it: ${listed(keptBack)}`] : []),
    ...((lockHolders?.length ?? 0) > 0 ? [`the package manager is in use now by ${listed(lockHolders ?? [])}`] : []),
    ...(asksForReboot && all.length > 0
      ? [`a reboot is needed for it${isRebooted ? ', and will be done' : '; none is done, as the settings say'}`]
      : []),
  ];
}
