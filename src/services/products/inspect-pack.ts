import type { Product } from '../../domain/inventory.ts';
import type { ChangeTarget, Inspection } from '../rollouts/host-change.ts';
import { type AskPackDeps, askPack } from './ask-pack.ts';
import { type PackSample, updateLevelOf } from './pack-sample.ts';

/** Done is a pack that is where it should be, and runs. @throws {HopFailure} when the host cannot be asked. */
export async function inspectPack(
  target: ChangeTarget,
  product: Product,
  { deps, isReached }: { readonly deps: Pick<AskPackDeps, 'executor'>; isReached(sample: PackSample): boolean },
): Promise<Inspection> {
  const sample = await askPack(target, product, deps);
  if ('unreadable' in sample) {
    return { state: 'to_do', note: sample.unreadable };
  }
  const level = updateLevelOf(sample);
  const words = level === undefined ? 'its update level is unknown' : `it is at update level ${level}`;
  if (!isReached(sample)) {
    return { state: 'to_do', note: words };
  }
  return sample.running ? { state: 'done', note: words } : { state: 'to_do', note: `${words}, and does not run` };
}
