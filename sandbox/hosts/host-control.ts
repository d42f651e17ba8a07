import type { SandboxBastion } from './sandbox-bastion.ts';
import type { SandboxHost } from './sandbox-host.ts';

/** Breaks one host and mends it. Takes effect at once. */
export interface HostControl {
  /** The machine freezes: connections stay open and nothing comes back. */
  hang(): void;
  /** Nothing listens on its SSH port. */
  refuse(): void;
  /** Its server shows another key than the pinned one. */
  changeHostKey(): void;
  /** @param ms added to each packet, each way. */
  slow(ms: number): void;
  /** @param percent of `/var`. */
  fillDisk(percent: number): void;
  /** The product's JVM is gone. */
  stopProduct(): void;
  /** The product runs and says that it is not well. */
  unhealthy(): void;
  /** Everything as it should be, also what was broken from the start. */
  heal(): void;
  /** What is wrong now, in words; empty when nothing is. */
  faults(): readonly string[];
}

export interface BastionControl {
  stop(): Promise<void>;
  start(): Promise<void>;
  denyForwarding(): void;
  refuseAuthentication(): void;
  /** Listens, forwards and lets in again. */
  heal(): Promise<void>;
  faults(): readonly string[];
}

export function createHostControl(host: SandboxHost): HostControl {
  const { conditions, state, tree } = host;
  const fault = (change: Partial<typeof state.faults>) => {
    Object.assign(state.faults, change);
    tree.refreshAll();
  };
  return {
    hang: () => {
      conditions.hung = true;
    },
    refuse: () => {
      conditions.refusing = true;
      host.dropConnections();
    },
    changeHostKey: () => {
      conditions.otherKey = true;
      host.dropConnections();
    },
    slow: (ms) => {
      conditions.delayMs = ms;
    },
    fillDisk: (percent) => fault({ diskFilledTo: percent }),
    stopProduct: () => fault({ productStopped: true }),
    unhealthy: () => fault({ productUnhealthy: true }),
    heal: () => {
      Object.assign(conditions, { hung: false, refusing: false, otherKey: false, delayMs: 0 });
      fault({ diskFilledTo: undefined, productStopped: false, productUnhealthy: false });
    },
    faults: () =>
      present({
        frozen: conditions.hung,
        'refuses connections': conditions.refusing,
        'shows another host key': conditions.otherKey,
        [`${conditions.delayMs} ms slower`]: conditions.delayMs > 0,
        [`/var ${state.faults.diskFilledTo} % full`]: state.faults.diskFilledTo !== undefined,
        'product stopped': state.faults.productStopped,
        'product unwell': state.faults.productUnhealthy,
      }),
  };
}

export function createBastionControl(bastion: SandboxBastion): BastionControl {
  const { conditions } = bastion;
  return {
    stop: bastion.stopListening,
    start: bastion.startListening,
    denyForwarding: () => {
      conditions.forwardingDenied = true;
    },
    refuseAuthentication: () => {
      conditions.authenticationRefused = true;
    },
    heal: async () => {
      Object.assign(conditions, { forwardingDenied: false, authenticationRefused: false });
      await bastion.startListening();
    },
    faults: () =>
      present({
        stopped: !bastion.isListening(),
        'denies forwarding': conditions.forwardingDenied,
        'refuses the operator': conditions.authenticationRefused,
      }),
  };
}

function present(faults: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(faults).filter((name) => faults[name]);
}
