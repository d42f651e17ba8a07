import { HopFailure, type HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import { orderReports } from '../../domain/order-reports.ts';
import type { HostSelection } from '../hosts/host-status-service.ts';
import { type AskPackDeps, askPack } from './ask-pack.ts';
import { judgePack, levelOf, packFindings } from './judge-pack.ts';
import type { PackSample } from './pack-sample.ts';
import { productOf } from './select-product.ts';

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
    async plan(request, onProgress) {
      const answered: ProductPlan[] = [];
      await Promise.all(
        request.hosts.map(async (host) => {
          const plan = await planHost(host, request, deps);
          if (plan) {
            answered.push(plan);
            onProgress(orderReports(answered));
          }
        }),
      );
      return orderReports(answered);
    },
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
  try {
    const answer = await askPack({ environment, host }, product, deps);
    if ('unreadable' in answer) {
      return { host: host.name, ...unknown(answer.unreadable) };
    }
    const findings = packFindings(answer, judgePack(answer, { product, level: updateLevel }));
    return { host: host.name, level: levelOf(findings), findings, sample: answer };
  } catch (error) {
    if (error instanceof HopFailure) {
      return { host: host.name, level: 'unreachable', findings: [], failure: error.facts };
    }
    deps.logger.error('Product check failed', { host: host.name, error });
    return { host: host.name, ...unknown('the check failed inside msops; its log has the cause') };
  }
}

function unknown(text: string): Pick<ProductPlan, 'level' | 'findings'> {
  return { level: 'unknown', findings: [{ level: 'unknown', text }] };
}
