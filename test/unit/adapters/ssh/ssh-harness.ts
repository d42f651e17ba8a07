import { afterEach } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import {
  createSshExecutor,
  type SshExecutor,
  type SshExecutorOptions,
} from '../../../../src/adapters/ssh/ssh-executor.ts';
import { HopFailure, type HopFailureFacts } from '../../../../src/domain/hop-failure.ts';
import type { AccessPath, SshEndpoint } from '../../../../src/domain/inventory.ts';
import type { RemoteTarget } from '../../../../src/domain/remote-executor.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { startSilentServer } from '../../../support/silent-server.ts';
import {
  CLIENT_KEY,
  type SshScript,
  startSshServer,
  type TestKey,
  type TestSshServer,
} from '../../../support/ssh-server.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

export function cleanUp(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

export async function aServer(
  script: Partial<SshScript> & { hostKey?: TestKey; port?: number } = {},
): Promise<TestSshServer> {
  const server = await startSshServer(script);
  cleanUp(() => server.close());
  return server;
}

export async function aSilentPort(): Promise<number> {
  const server = await startSilentServer();
  cleanUp(() => server.close());
  return server.port;
}

export function anExecutor(options: Partial<SshExecutorOptions> = {}): SshExecutor {
  const executor = createSshExecutor({
    auth: { privateKey: new Secret(CLIENT_KEY.private) },
    logger: createRecordingLogger(),
    clock: systemClock,
    ...options,
  });
  cleanUp(() => executor.close());
  return executor;
}

export function direct(endpoint: SshEndpoint, path: Partial<AccessPath> = {}): RemoteTarget {
  return { endpoint, path: { bastions: [], allowedSources: [], ...path } };
}

export function behind(bastion: SshEndpoint, endpoint: SshEndpoint): RemoteTarget {
  return direct(endpoint, { bastions: [bastion] });
}

/** The facts of the failure. Fails the test when the promise resolves or rejects with something else. */
export async function failureOf(running: Promise<unknown>): Promise<HopFailureFacts> {
  const outcome = await running.then(
    (result) => new Error(`Expected a HopFailure, got ${JSON.stringify(result)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof HopFailure) {
    return outcome.facts;
  }
  throw outcome;
}

export const SOON = { deadlineMs: 20_000 };
