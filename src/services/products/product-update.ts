import { count } from '../../domain/count.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec, ChangeTarget, HostChange } from '../rollouts/host-change.ts';
import { inspectPack } from './inspect-pack.ts';
import { judgePack } from './judge-pack.ts';
import { type PackSample, programOf, updateLevelOf } from './pack-sample.ts';
import { asUpdateWork, productNameOf, productOfWork, type UpdateWork } from './pack-work.ts';
import type { PackChangeDeps, ToolRun } from './run-tool.ts';
import {
  decidePacks,
  leftBehind,
  noProduct,
  type PackDecision,
  type SurveyedPack,
  surveyPacks,
} from './survey-packs.ts';
import { toolSteps } from './tool-steps.ts';

/** Written into rollouts. */
export const PRODUCT_UPDATE = 'product_update';

/** Both settings of msops, named where one is missing. */
export const NO_CREDENTIALS =
  'msops has no account for the updates of WSO2: set WSO2_UPDATE_USERNAME and WSO2_UPDATE_PASSWORD';

/**
 * Brings a product to one update level on all its hosts: spec `{ product: 'mi', level: 12 }`. Stops it, runs the update
 * tool as its service user, starts it.
 */
export function createProductUpdate(deps: PackChangeDeps): HostChange {
  return {
    type: PRODUCT_UPDATE,
    kind: 'update',
    plan: (spec, selection) => plan(spec, selection, deps),
    inspect: (target) => {
      const work = asUpdateWork(target.work);
      return inspectPack(target, productOfWork(target.host, work), { deps, isReached: isAt(work.level) });
    },
    steps: (target) => steps(target, deps),
  };
}

/** @throws {TypeError} when the work is not ours. */
function steps(target: ChangeTarget, deps: PackChangeDeps): ReturnType<HostChange['steps']> {
  const work = asUpdateWork(target.work);
  const product = productOfWork(target.host, work);
  return toolSteps(`update ${product.name} to level ${work.level}`, toolRun(work, product), deps);
}

/** The level is a number, so the same on every node; only long flags, because the short ones changed their meaning. */
function toolRun({ program, level, from }: UpdateWork, product: ToolRun['product']): ToolRun {
  return {
    what: 'update',
    product,
    program,
    arguments: ['--level', String(level)],
    from,
    isReached: isAt(level),
    problems: (sample) => judgePack(sample, { product, level }).problems,
  };
}

function isAt(level: number): (sample: PackSample) => boolean {
  return (sample) => updateLevelOf(sample) === level && sample.conflicts?.length === 0;
}

async function plan(spec: ChangeSpec, selection: ChangeSelection, deps: PackChangeDeps): Promise<ChangePlan> {
  const name = productNameOf(spec);
  const level =
    typeof spec.level === 'number' && Number.isInteger(spec.level) && spec.level > 0 ? spec.level : undefined;
  const packs = await surveyPacks(selection, name, deps);
  const decided = decidePacks(packs, (pack) => decide(pack, level));
  return {
    type: PRODUCT_UPDATE,
    kind: 'update',
    spec,
    title: `Update ${name} to level ${level ?? '?'} on ${count(packs.length, 'host')}`,
    hosts: decided.hosts,
    idle: decided.idle,
    problems: [
      ...(level === undefined ? [{ text: 'the update level must be a number from 1, the same for all nodes' }] : []),
      ...(packs.length === 0 ? [noProduct(name)] : []),
      ...(deps.credentials === undefined ? [{ text: NO_CREDENTIALS }] : []),
      ...decided.problems,
    ],
    warnings: [...leftBehind(selection, name), ...decided.warnings],
  };
}

function decide(pack: SurveyedPack & { readonly answer: PackSample }, level: number | undefined): PackDecision {
  const { host, product, answer } = pack;
  const { problems, warnings } = judgePack(answer, { product, level });
  const from = updateLevelOf(answer);
  const program = programOf(answer);
  if (problems.length > 0 || level === undefined || from === undefined || program === undefined) {
    return { problems, warnings: [] };
  }
  if (isAt(level)(answer)) {
    return { problems: [], warnings: [] };
  }
  const { name, home, serviceUser: user } = product;
  const plan = {
    host: host.name,
    role: host.role,
    lines: [`${answer.product ?? name}: update level ${from} → ${level}`, `stop and start of ${name}`],
    work: { product: name, home, user, program, from, level } satisfies UpdateWork,
    rollback: `\`${program} --revert\` as ${user}, from the backup that the update makes`,
  };
  return { plan, problems: [], warnings };
}
