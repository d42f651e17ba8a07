import type { Product } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { describeExit, splitProbeOutput } from '../../domain/probe-output.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import { homeOf } from '../../domain/server-shell.ts';
import type { HostInEnvironment } from '../rollouts/host-operations.ts';
import { buildPackProbe } from './pack-probe.ts';
import type { PackSample } from './pack-sample.ts';
import { parsePack } from './parse-pack.ts';

export interface AskPackDeps {
  readonly executor: RemoteExecutor;
  readonly logger: Logger;
}

/** Reading a whole pack takes seconds, on a cold disk tens of them. */
const RUN_OPTIONS = { deadlineMs: 180_000, maxOutputBytes: 4 * 1024 * 1024 };

/** @throws {HopFailure} when the host cannot be asked. */
export async function askPack(
  asked: HostInEnvironment,
  product: Product,
  { executor }: Pick<AskPackDeps, 'executor'>,
): Promise<PackSample | { readonly unreadable: string }> {
  const result = await executor.run(remoteOf(asked), buildPackProbe(asked.host, product), RUN_OPTIONS);
  return result.exitCode === 0
    ? parsePack(splitProbeOutput(result.stdout), homeOf(product))
    : { unreadable: `the check as ${product.serviceUser} failed: ${describeExit(result)}` };
}
