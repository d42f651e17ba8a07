import type { Product } from '../../domain/inventory.ts';
import { describeExit, describePart, splitProbeOutput } from '../../domain/probe-output.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { CommandResult, RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import { scrubSecrets } from '../../domain/scrub.ts';
import { homeOf } from '../../domain/server-shell.ts';
import type { HostInEnvironment } from '../rollouts/host-operations.ts';
import { asRoot, asUser } from './as-user.ts';
import { ASK_SCRIPT, LOOK_SCRIPT } from './look-script.ts';
import {
  type LogPosition,
  type PidFile,
  type ProductProcesses,
  parseProcesses,
  UnreadableProduct,
} from './product-processes.ts';

/** What is done to one product of one host: looking, and asking it to stop or start. Each is one round trip. */
export interface ProductHands {
  /** @throws {HopFailure} @throws {UnreadableProduct} */
  look(question?: LookQuestion): Promise<ProductProcesses>;
  /** `--no-block`: systemd takes the job and answers at once. @throws {HopFailure} */
  askUnit(verb: UnitVerb, unit: string): Promise<Asked>;
  /** @throws {HopFailure} */
  askScript(verb: Verb, pidFile: PidFile | undefined): Promise<Asked>;
}

export interface LookQuestion {
  /** How far the log was read before. */
  readonly since?: LogPosition | undefined;
  readonly logLines?: number | undefined;
}

export type Verb = 'stop' | 'start';
export type UnitVerb = Verb | 'restart';

/** That somebody took the question. Of what became of it, looking tells. */
export type Asked = { readonly taken: true; readonly said: string } | { readonly taken: false; readonly why: string };

const LOOK_MS = 30_000;
const ASK_MS = 120_000;

export function createProductHands(
  executor: RemoteExecutor,
  { environment, host }: HostInEnvironment,
  product: Product,
): ProductHands {
  const target = remoteOf({ environment, host });
  const home = homeOf(product);
  const run = (command: RemoteCommand, deadlineMs: number) => executor.run(target, command, { deadlineMs });
  const asService = (script: string, args: readonly string[]) =>
    asUser(host, product.serviceUser, ['sh', '-c', script, 'msops-product', home, ...args]);

  return {
    async look({ since, logLines = 0 } = {}) {
      const seen = since ? [since.inode, String(since.bytes)] : ['', '0'];
      const result = await run(asService(LOOK_SCRIPT, [product.unit ?? '', ...seen, String(logLines)]), LOOK_MS);
      if (result.exitCode !== 0) {
        throw new UnreadableProduct(`could not look as ${product.serviceUser}: ${describeExit(result)}`);
      }
      return parseProcesses(splitProbeOutput(result.stdout));
    },

    async askUnit(verb, unit) {
      const result = await run(asRoot(host, ['systemctl', verb, '--no-block', unit]), ASK_MS);
      return result.exitCode === 0
        ? { taken: true, said: saidBy(result) }
        : { taken: false, why: `\`systemctl ${verb} ${unit}\`: ${describeExit(result)}` };
    },

    async askScript(verb, pidFile) {
      const result = await run(asService(ASK_SCRIPT, [verb, pidFile?.names ?? 'none']), ASK_MS);
      const part = result.exitCode === 0 ? splitProbeOutput(result.stdout).get('asked') : undefined;
      if (result.exitCode !== 0 || part === undefined || part.exitCode === 127) {
        const why = result.exitCode === 0 ? describePart(part) : describeExit(result);
        return { taken: false, why: `asking it to ${verb} as ${product.serviceUser}: ${why}` };
      }
      return { taken: true, said: scrubSecrets(part.lines.join('\n')) };
    },
  };
}

function saidBy({ stdout, stderr }: CommandResult): string {
  return scrubSecrets(`${stdout}${stderr}`.trim());
}
