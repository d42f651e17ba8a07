import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSshExecutor, type SshExecutor, type SshExecutorOptions } from '../../src/adapters/ssh/ssh-executor.ts';
import { HopFailure, type HopFailureFacts } from '../../src/domain/hop-failure.ts';
import type { Logger } from '../../src/domain/logger.ts';
import type { RemoteCommand } from '../../src/domain/remote-command.ts';
import type { CommandResult } from '../../src/domain/remote-executor.ts';
import { privateKey, targetOf } from './fleet.ts';

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};

/** The bot's own executor with the fleet's key. Close it. */
export function openExecutor(options: Partial<SshExecutorOptions> = {}): SshExecutor {
  return createSshExecutor({
    auth: { privateKey: privateKey() },
    logger: silentLogger,
    clock: systemClock,
    ...options,
  });
}

/** One command over new connections, with less patience than the bot's so that silence does not cost the tests minutes. */
export async function run(host: string, command: RemoteCommand, deadlineMs = 30_000): Promise<CommandResult> {
  const executor = openExecutor({ limits: { connectTimeoutMs: 5_000, forwardTimeoutMs: 4_000 } });
  try {
    return await executor.run(targetOf(host), command, { deadlineMs });
  } finally {
    executor.close();
  }
}

/** Why `true` cannot be run on the host. @throws when it can, or when it failed in any other way */
export function failureOf(host: string, deadlineMs?: number): Promise<HopFailureFacts> {
  return failureIn(run(host, ['true'], deadlineMs));
}

export async function failureIn(running: Promise<CommandResult>): Promise<HopFailureFacts> {
  const outcome = await running.then(
    (result) => new Error(`The command ran: exit code ${result.exitCode}.`),
    (error: unknown) => error,
  );
  if (outcome instanceof HopFailure) {
    return outcome.facts;
  }
  throw outcome;
}
