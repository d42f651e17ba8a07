import type { HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import { surveyHosts } from '../../domain/survey-hosts.ts';
import type { HostSelection } from '../hosts/host-status-service.ts';
import type { AskPackDeps } from './ask-pack.ts';
import { judgePack, levelOf, packFindings } from './judge-pack.ts';
import type { PackSample } from './pack-sample.ts';
import { productOf } from './select-product.ts';
import { surveyPack } from './survey-packs.ts';

/** What stands between the product of one host and another update level. */
export interface ProductPlan {
  readonly host: string;
  readonly level: Level;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly failure?: HopFailureFacts | undefined;
  /** Missing when the host did not answer. */
  readonly sample?: PackSample | undefined;
}

export interface ProductPlanRequest extends HostSelection {
  /** Name in the inventory. */
  readonly product: string;
  /** The update level that is wanted; missing: only what is there. */
  readonly updateLevel?: number | undefined;
}

export interface ProductPlanService {
  /**
   * Asks all hosts with that product at once, changes nothing on them, and never rejects for a host.
   * One report a host, worst first; hosts without the product are left out.
   */
  plan(
    request: ProductPlanRequest,
    onProgress: (plans: readonly ProductPlan[]) => void,
  ): Promise<readonly ProductPlan[]>;
}

export function createProductPlanService(deps: AskPackDeps): ProductPlanService {
  return {
    plan: (request, onProgress) =>
      surveyHosts({ hosts: request.hosts, ask: (host) => planHost(host, request, deps), onProgress }),
  };
}

async function planHost(
  host: Host,
  { environment, product: name, updateLevel }: ProductPlanRequest,
  deps: AskPackDeps,
): Promise<ProductPlan | undefined> {
  const product = productOf(host, name);
  if (!product) {
    return undefined;
  }
  const answer = await surveyPack({ environment, host }, product, deps);
  if (!('unreadable' in answer)) {
    const findings = packFindings(answer, judgePack(answer, { product, level: updateLevel }));
    return { host: host.name, level: levelOf(findings), findings, sample: answer };
  }
  const { failure, unreadable: text } = answer;
  return failure === undefined
    ? { host: host.name, level: 'unknown', findings: [{ level: 'unknown', text }] }
    : { host: host.name, level: 'unreachable', findings: [], failure };
}
