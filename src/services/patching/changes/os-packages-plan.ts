import { count } from '../../../domain/count.ts';
import { describePart, type ProbeParts, shownWords } from '../../../domain/probe-output.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec, PlanProblem } from '../../rollouts/host-change.ts';
import { type AskedHost, type AskHost, describeNoAnswer, isNoAnswer, problemOf } from '../ask-host.ts';
import { parseOs } from '../parse-os.ts';
import { buildPatchProbe } from '../patch-probe-command.ts';
import { readSimulation, readVersions } from './offer.ts';
import { buildRefresh, buildSimulation, buildVersionsQuestion, UPGRADE_OPTIONS } from './offer-command.ts';
import {
  type OsPackagesSpec,
  type PackageWork,
  readOsPackagesSpec,
  readPackageWork,
  specifierOf,
} from './package-work.ts';
import { choosePackages, type HostFacts, type HostOutcome, planHost } from './plan-host.ts';

/** Asks all hosts at once what would be installed. */
export async function planOsPackages(
  ask: AskHost,
  spec: ChangeSpec,
  { environment, hosts }: ChangeSelection,
): Promise<ChangePlan> {
  const wanted = readOsPackagesSpec(spec);
  const outcomes = await Promise.all(hosts.map((host) => outcomeOf(ask, { environment, host }, wanted)));
  return {
    ...assemblePlan({ type: 'os_packages', spec, hosts: hosts.map(({ name }) => name) }, outcomes),
    title: titleOf(outcomes),
  };
}

/** Puts the hosts together; the caller gives the title. */
export function assemblePlan(
  { type, spec, hosts }: { readonly type: string; readonly spec: ChangeSpec; readonly hosts: readonly string[] },
  outcomes: readonly HostOutcome[],
): Omit<ChangePlan, 'title'> {
  const plans = outcomes.flatMap(({ plan }) => plan ?? []);
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  const busy = new Set([...plans, ...problems].map(({ host }) => host));
  return {
    ...{ type, kind: 'patch', spec },
    hosts: plans,
    idle: hosts.filter((host) => !busy.has(host)),
    problems,
    warnings: outcomes.flatMap((outcome) => outcome.warnings),
  };
}

async function outcomeOf(ask: AskHost, asked: AskedHost, spec: OsPackagesSpec): Promise<HostOutcome> {
  const refused = spec.refresh ? await refresh(ask, asked) : undefined;
  if (refused !== undefined) {
    return { problems: [refused], warnings: [] };
  }
  const parts = await ask(asked, buildPatchProbe('plan'));
  if (isNoAnswer(parts)) {
    return { problems: [problemOf(asked.host, parts)], warnings: [] };
  }
  const facts = { ...asked, spec, sample: parseOs(parts) };
  return planHost({ ...facts, ...(await askOffer(ask, facts)) });
}

async function refresh(ask: AskHost, asked: AskedHost): Promise<PlanProblem | undefined> {
  const parts = await ask(asked, buildRefresh());
  if (isNoAnswer(parts)) {
    return problemOf(asked.host, parts);
  }
  const part = parts.get('refresh');
  const complaint = part?.lines.find((line) => /^(?:E: |Error)/.test(line));
  if (part === undefined || part.exitCode === 0) {
    return undefined;
  }
  const why = complaint === undefined ? describePart(part) : shownWords(complaint);
  return { host: asked.host.name, text: `the package lists could not be fetched: ${why}` };
}

type Offer = Pick<HostFacts, 'simulation' | 'versions'>;

/** Both questions at once; what the host cannot tell is unknown. */
async function askOffer(ask: AskHost, { environment, host, sample, spec }: HostFacts): Promise<Offer> {
  const chosen = choosePackages(sample, spec);
  const { family } = sample;
  if (chosen.length === 0 || family === undefined) {
    return {};
  }
  const asked = { environment, host };
  const names =
    family === 'debian'
      ? chosen.map(({ name }) => name)
      : chosen.map((step) => specifierOf(family, { ...step, to: step.from ?? '' }));
  const specifiers = chosen.map((step) => specifierOf(family, step));
  const [versions, simulation] = await Promise.all([
    ask(asked, buildVersionsQuestion(names)),
    family === 'debian' ? ask(asked, buildSimulation(UPGRADE_OPTIONS, specifiers)) : undefined,
  ]);
  return { versions: isParts(versions) ? readVersions(versions) : undefined, simulation: toSimulation(simulation) };
}

function isParts(answer: Awaited<ReturnType<AskHost>>): answer is ProbeParts {
  return !isNoAnswer(answer);
}

function toSimulation(answer: Awaited<ReturnType<AskHost>> | undefined): Offer['simulation'] {
  if (answer === undefined || isParts(answer)) {
    return answer && readSimulation(answer);
  }
  return { trouble: describeNoAnswer(answer), changes: [], downloadBytes: undefined, freeBytes: undefined };
}

/** `Install 7 packages (4 security) on 2 hosts`. A package that goes to several hosts counts once. */
function titleOf(outcomes: readonly HostOutcome[]): string {
  const works = outcomes.flatMap(({ plan }) => (plan === undefined ? [] : readPackageWork(plan.work)));
  const steps = works.flatMap(({ packages, along }) => [...packages, ...along]);
  const names = new Set(steps.map(({ name }) => name));
  const security = describeSecurity(works);
  const hosts = count(works.length, 'host');
  if (works.length === 0) {
    return 'Install packages';
  }
  return names.size === 0
    ? `Repair dpkg on ${hosts}`
    : `Install ${count(names.size, 'package')} (${security}) on ${hosts}`;
}

/** None known is not none. */
function describeSecurity(works: readonly PackageWork[]): string {
  const steps = works.flatMap(({ packages, along }) => [...packages, ...along]);
  const known = new Set(steps.filter(({ security }) => security).map(({ name }) => name)).size;
  if (works.every(({ packages }) => packages.every(({ security }) => security !== undefined))) {
    return `${known} security`;
  }
  return known > 0 ? `at least ${known} security` : 'security unknown';
}
