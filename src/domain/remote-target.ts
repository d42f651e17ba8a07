import type { Environment, Host } from './inventory.ts';
import type { RemoteTarget } from './remote-executor.ts';

interface HostInEnvironment {
  readonly environment: Pick<Environment, 'accessPath'>;
  readonly host: Pick<Host, 'ssh'>;
}

/** A host as something that commands run on. */
export function remoteOf({ environment, host }: HostInEnvironment): RemoteTarget {
  return { endpoint: host.ssh, path: environment.accessPath };
}
