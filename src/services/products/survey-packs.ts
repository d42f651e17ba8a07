import { HopFailure, type HopFailureFacts, hopFailureText } from '../../domain/hop-failure.ts';
import type { Host, Product } from '../../domain/inventory.ts';
import type { ChangeSelection, HostPlan, PlanProblem } from '../rollouts/host-change.ts';
import type { HostInEnvironment } from '../rollouts/host-operations.ts';
import { type AskPackDeps, askPack } from './ask-pack.ts';
import type { PackSample } from './pack-sample.ts';
import { productOf } from './select-product.ts';

interface UnreadablePack {
  readonly unreadable: string;
  /** When its host was not reached. */
  readonly failure?: HopFailureFacts | undefined;
}

/** One host's pack, as far as it could be read. */
export interface SurveyedPack {
  readonly host: Host;
  readonly product: Product;
  readonly answer: PackSample | UnreadablePack;
}

/** What a change would do on one host: something, nothing, or it cannot be said. */
export interface PackDecision {
  readonly plan?: HostPlan | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export interface DecidedPacks {
  readonly hosts: readonly HostPlan[];
  readonly idle: readonly string[];
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly PlanProblem[];
}

/** All hosts that have the product at once, in their order. A host that cannot be asked is unreadable. */
export function surveyPacks(
  { environment, hosts }: ChangeSelection,
  name: string,
  deps: AskPackDeps,
): Promise<readonly SurveyedPack[]> {
  const having = hosts.flatMap((host) => {
    const product = productOf(host, name);
    return product ? [{ host, product }] : [];
  });
  return Promise.all(
    having.map(async ({ host, product }) => ({
      host,
      product,
      answer: await surveyPack({ environment, host }, product, deps),
    })),
  );
}

/** One look at a pack. Never rejects: whatever goes wrong is in the answer. */
export async function surveyPack(
  asked: HostInEnvironment,
  product: Product,
  deps: AskPackDeps,
): Promise<PackSample | UnreadablePack> {
  try {
    return await askPack(asked, product, deps);
  } catch (error) {
    if (error instanceof HopFailure) {
      return { unreadable: `it could not be asked: ${hopFailureText(error.facts)}`, failure: error.facts };
    }
    deps.logger.error('Product check failed', { host: asked.host.name, error });
    return { unreadable: 'the check failed inside msops; its log has the cause' };
  }
}

/** A host with problems is neither planned nor idle: the plan says why, and cannot be requested. */
export function decidePacks(
  packs: readonly SurveyedPack[],
  decide: (pack: SurveyedPack & { readonly answer: PackSample }) => PackDecision,
): DecidedPacks {
  const decided = packs.map(({ host, product, answer }) => ({
    host: host.name,
    ...('unreadable' in answer
      ? { problems: [answer.unreadable], warnings: [], plan: undefined, failure: answer.failure }
      : { ...decide({ host, product, answer }), failure: undefined }),
  }));
  const said = (of: 'problems' | 'warnings') =>
    decided.flatMap(({ host, failure, [of]: texts }) => texts.map((text) => ({ host, text, failure })));
  return {
    hosts: decided.flatMap(({ plan }) => plan ?? []),
    idle: decided.filter(({ plan, problems }) => plan === undefined && problems.length === 0).map(({ host }) => host),
    problems: said('problems'),
    warnings: said('warnings'),
  };
}

/** Of a plan that is about no host at all. */
export function noProduct(name: string): PlanProblem {
  return { text: `none of these hosts has a product called "${name.slice(0, 40)}"` };
}

/** Nodes of one cluster belong on one level. */
export function leftBehind({ environment, hosts }: ChangeSelection, name: string): readonly PlanProblem[] {
  const chosen = new Set(hosts.map((host) => host.name));
  const others = environment.hosts.filter((host) => productOf(host, name) && !chosen.has(host.name));
  return others.length > 0
    ? [{ text: `${others.map((host) => host.name).join(', ')} of the same environment would stay on another level` }]
    : [];
}
