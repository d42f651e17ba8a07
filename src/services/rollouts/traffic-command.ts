import { UserError } from '../../domain/errors.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import { describeExit } from '../../domain/probe-output.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { CommandResult, RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import type { HostInEnvironment, JobOptions } from './host-operations.ts';

export interface TrafficCommand extends JobOptions {
  readonly command: RemoteCommand;
  readonly via: HostInEnvironment;
  readonly executor: RemoteExecutor;
}

/**
 * A command of the inventory that takes a host out of service, or puts it back.
 * @returns what it printed. @throws {UserError} when it did not exit with 0 in time, {HopFailure}.
 */
export async function runTrafficCommand({ command, via, executor, ...options }: TrafficCommand): Promise<string> {
  const name = `\`${command.join(' ')}\` on ${via.host.name}`;
  const hint = 'Run it by hand and look at what it says.';
  const result = await executor.run(remoteOf(via), command, options).catch((error: unknown) => {
    if (error instanceof HopFailure && error.facts.kind === 'command_timeout') {
      throw new UserError(`${name} did not end within ${Math.round(options.deadlineMs / 1000)} s.`, { hint });
    }
    throw error;
  });
  if (result.exitCode !== 0) {
    throw new UserError(`${name} failed: ${describeExit(result)}`, { hint, cause: printed(result) });
  }
  return printed(result);
}

function printed({ stdout, stderr }: CommandResult): string {
  return [stdout, stderr].filter((text) => text.trim() !== '').join('\n');
}
