import { count } from '../../domain/count.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec, ChangeTarget, HostChange } from '../rollouts/host-change.ts';
import { inspectPack } from './inspect-pack.ts';
import { judgeOwners } from './judge-pack.ts';
import { type PackSample, programOf, updateLevelOf } from './pack-sample.ts';
import { asRevertWork, productNameOf, productOfWork, type RevertWork } from './pack-work.ts';
import { NO_CREDENTIALS } from './product-update.ts';
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
export const PRODUCT_REVERT = 'product_revert';

/**
 * Takes the last update of a product back, also one that stopped at conflicts: spec `{ product: 'mi', of: <rollout> }`.
 * The tool itself knows to what it goes back.
 */
export function createProductRevert(deps: PackChangeDeps): HostChange {
  return {
    type: PRODUCT_REVERT,
    kind: 'update',
    plan: (spec, selection) => plan(spec, selection, deps),
    inspect: (target) => {
      const work = asRevertWork(target.work);
      return inspectPack(target, productOfWork(target.host, work), { deps, isReached: isReverted(work) });
    },
    steps: (target) => steps(target, deps),
  };
}

function steps(target: ChangeTarget, deps: PackChangeDeps): ReturnType<HostChange['steps']> {
  const work = asRevertWork(target.work);
  const product = productOfWork(target.host, work);
  const run: ToolRun = {
    what: 'revert',
    product,
    program: work.program,
    arguments: ['--revert'],
    from: work.from,
    isReached: isReverted(work),
    problems: (sample) => judgeOwners(sample, product.serviceUser),
  };
  return toolSteps(`revert ${product.name}`, run, deps);
}

function isReverted({ from, hadConflicts }: RevertWork): (sample: PackSample) => boolean {
  return (sample) => {
    const level = updateLevelOf(sample);
    return level !== undefined && sample.conflicts?.length === 0 && (hadConflicts || level < from);
  };
}

async function plan(spec: ChangeSpec, selection: ChangeSelection, deps: PackChangeDeps): Promise<ChangePlan> {
  const name = productNameOf(spec);
  const packs = await surveyPacks(selection, name, deps);
  const decided = decidePacks(packs, decide);
  return {
    type: PRODUCT_REVERT,
    kind: 'update',
    spec,
    title: `Revert the last update of ${name} on ${count(packs.length, 'host')}`,
    hosts: decided.hosts,
    idle: decided.idle,
    problems: [...(packs.length === 0 ? [noProduct(name)] : []), ...decided.problems],
    warnings: [
      ...(deps.credentials === undefined ? [{ text: NO_CREDENTIALS }] : []),
      ...leftBehind(selection, name),
      ...decided.warnings,
    ],
  };
}

function decide({ host, product, answer }: SurveyedPack & { readonly answer: PackSample }): PackDecision {
  const from = updateLevelOf(answer);
  const program = programOf(answer);
  const { conflicts } = answer;
  if (from === undefined || program === undefined || conflicts === undefined) {
    return { problems: ['it has no update level, no update tool, or could not be read whole'], warnings: [] };
  }
  const hadConflicts = conflicts.length > 0;
  if (from === 0 && !hadConflicts) {
    return { problems: [], warnings: [] };
  }
  const { name, home, serviceUser: user } = product;
  const problems = [
    ...judgeOwners(answer, user),
    ...(answer.owners.backups === undefined ? [`${user} has no backups: there is nothing to go back to`] : []),
  ];
  const what = hadConflicts ? `conflicts: ${conflicts.join(', ')}` : `from update level ${from} to the one before`;
  const plan = {
    host: host.name,
    role: host.role,
    lines: [`${answer.product ?? name}: back ${what}`, `stop and start of ${name}`],
    work: { product: name, home, user, program, from, hadConflicts } satisfies RevertWork,
    rollback: 'none: a revert keeps nothing; the way back is to update again',
  };
  return problems.length > 0 ? { problems, warnings: [] } : { plan, problems: [], warnings: [] };
}
