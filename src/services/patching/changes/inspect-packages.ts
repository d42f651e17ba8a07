import { describeExit, splitProbeOutput } from '../../../domain/probe-output.ts';
import type { RemoteExecutor } from '../../../domain/remote-executor.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import type { ChangeTarget, Inspection } from '../../rollouts/host-change.ts';
import { describeProgress, findUndone, readLook } from './look.ts';
import { buildLook } from './look-command.ts';
import { readPackageWork } from './package-work.ts';

const RUN_OPTIONS = { deadlineMs: 60_000, maxOutputBytes: 1024 * 1024 };

/**
 * Is every package of the work where it shall be? What cannot be told is to do.
 *
 * @throws {HopFailure} when the host cannot be asked.
 */
export async function inspectPackages(
  executor: RemoteExecutor,
  { environment, host, work }: ChangeTarget,
  direction: 'up' | 'down',
): Promise<Inspection> {
  const { packages, along, repair } = readPackageWork(work);
  const wanted = [...packages, ...along];
  const result = await executor.run(remoteOf({ environment, host }), buildLook(wanted), RUN_OPTIONS);
  const seen = result.exitCode === 0 ? readLook(splitProbeOutput(result.stdout)) : undefined;
  if (seen === undefined) {
    return { state: 'to_do', note: `the host did not say how its packages stand: ${describeExit(result)}` };
  }
  const undone = findUndone(wanted, seen, direction);
  const isBroken = repair && seen.interrupted !== false;
  const note = [...(isBroken ? ['dpkg is not repaired'] : []), describeProgress(wanted, undone)].join('; ');
  return { state: undone.length === 0 && !isBroken ? 'done' : 'to_do', note };
}
