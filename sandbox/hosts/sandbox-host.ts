import type { Connection, ParsedKey, Server, ServerChannel } from 'ssh2';
import { endDetachedJobs } from './end-detached-jobs.ts';
import type { HostPlan } from './host-plan.ts';
import { createHostState, type HostState } from './host-state.ts';
import { createHostTree, type HostTree } from './host-tree.ts';
import { createShellRunner } from './shell-runner.ts';
import { generateKeyPair } from './ssh-keys.ts';
import { createSshServer } from './ssh-server.ts';
import { layWire } from './wire.ts';

/** A host without a port: the only way in is a channel that its bastion opened. */
export interface SandboxHost {
  readonly plan: HostPlan;
  /** The key to pin. */
  readonly pinnedKey: string;
  readonly state: HostState;
  readonly tree: HostTree;
  readonly conditions: HostConditions;
  /** Lets the bastion's channel in. */
  connect(channel: ServerChannel): void;
  dropConnections(): void;
  stop(): void;
}

export interface HostConditions {
  refusing: boolean;
  /** Its server shows another key than the pinned one. */
  otherKey: boolean;
  hung: boolean;
  delayMs: number;
}

export interface SandboxHostOptions {
  readonly root: string;
  /** Addresses as `SSH_CONNECTION` shows them. */
  readonly address: string;
  readonly bastionAddress: string;
  readonly user: string;
  readonly authorizedKey: ParsedKey;
}

/** Counters move while somebody looks; in between nothing is written. */
const REFRESH_MS = 250;

export function createSandboxHost(plan: HostPlan, options: SandboxHostOptions): SandboxHost {
  const state = createHostState(plan);
  const tree = createHostTree(options.root, state);
  const conditions: HostConditions = { refusing: false, otherKey: false, hung: false, delayMs: 0 };
  const connections = new Set<Connection>();
  const shell = createShellRunner({ root: tree.root, self: `${options.address} 22`, ...refreshWhileBusy(tree) });
  const keys = { pinned: generateKeyPair(), other: generateKeyPair() };
  const servers = { pinned: serve('pinned'), other: serve('other') };
  let sourcePort = 40_000;

  function serve(key: keyof typeof keys): Server {
    const server = createSshServer({
      hostKey: keys[key],
      user: options.user,
      authorizedKey: options.authorizedKey,
      isAuthenticationRefused: () => false,
      exec: shell.run,
    });
    return server.on('connection', (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
    });
  }

  function connect(channel: ServerChannel): void {
    sourcePort += 1;
    const end = layWire(channel, conditions);
    const source = { remoteAddress: options.bastionAddress, remotePort: sourcePort };
    const server = conditions.otherKey ? servers.other : servers.pinned;
    server.injectSocket(Object.assign(end, source) as unknown as Parameters<Server['injectSocket']>[0]);
  }

  function dropConnections(): void {
    for (const connection of connections) {
      connection.end();
    }
  }

  const stop = () => {
    dropConnections();
    shell.stop();
    endDetachedJobs(tree.root);
  };
  const pinnedKey = keys.pinned.publicLine;
  return { plan, pinnedKey, state, tree, conditions, connect, dropConnections, stop };
}

function refreshWhileBusy(tree: HostTree): { commandStarted(): void; commandEnded(): void } {
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    commandStarted() {
      running += 1;
      tree.refreshNumbers();
      timer ??= setInterval(tree.refreshNumbers, REFRESH_MS).unref();
    },
    commandEnded() {
      running -= 1;
      if (running === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    },
  };
}
