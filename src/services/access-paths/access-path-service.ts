import type { AccessPath, Environment, Host } from '../../domain/inventory.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import type { TunnelInspector } from '../../domain/tunnel.ts';
import { checkBastion, checkHostLogin, type HopDeps } from './check-hop.ts';
import { checkTunnel } from './check-tunnel.ts';
import { createPathProgress, type PathProgress } from './path-progress.ts';
import type { PathStep } from './path-step.ts';

export interface AccessPathSelection {
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

export interface AccessPathService {
  /**
   * Goes the way in hop by hop, with new connections: VPN, each bastion, then all hosts at once. What lies behind the first broken hop of
   * the common way is not tried.
   * @param onProgress is called after each hop with all steps, those to come as `waiting`.
   * @returns the steps in the order of the way. Never rejects for a hop.
   */
  connect(
    selection: AccessPathSelection,
    onProgress: (steps: readonly PathStep[]) => void,
  ): Promise<readonly PathStep[]>;
}

/** Its connections are its own, so nothing that was warm before is taken for a way in. */
export interface FreshExecutor extends RemoteExecutor {
  /** Ends its connections. */
  close(): void;
}

export interface AccessPathDeps extends Omit<HopDeps, 'executor'> {
  readonly tunnels: TunnelInspector;
  openExecutor(): FreshExecutor;
}

export function createAccessPathService(deps: AccessPathDeps): AccessPathService {
  return {
    async connect({ environment: { accessPath }, hosts }, onProgress) {
      const progress = createPathProgress(accessPath, hosts, onProgress);
      const executor = deps.openExecutor();
      const work = { ...deps, executor, progress };
      try {
        if ((await passTunnel(accessPath, hosts, work)) && (await passBastions(accessPath, work))) {
          await tryHosts(accessPath, hosts, work);
        }
      } finally {
        executor.close();
      }
      return progress.end();
    },
  };
}

interface Work extends HopDeps {
  readonly tunnels: TunnelInspector;
  readonly progress: PathProgress;
}

async function passTunnel(path: AccessPath, hosts: readonly Host[], work: Work): Promise<boolean> {
  const hop = path.bastions[0] ?? hosts[0]?.ssh;
  if (path.vpn === undefined || hop === undefined) {
    return true;
  }
  const steps = await checkTunnel(path.vpn, hop, work.tunnels);
  work.progress.tunnel(steps);
  return steps.every(({ state }) => state !== 'broken');
}

async function passBastions(path: AccessPath, work: Work): Promise<boolean> {
  for (const [index, { name }] of path.bastions.entries()) {
    const outcome = await checkBastion(path, index, work);
    work.progress.hop('bastion', name, outcome);
    if (outcome.state === 'broken') {
      return false;
    }
  }
  return true;
}

async function tryHosts(path: AccessPath, hosts: readonly Host[], work: Work): Promise<void> {
  await Promise.all(
    hosts.map(async (host) => {
      work.progress.hop('host', host.name, await checkHostLogin(host, path, work));
    }),
  );
}
