import type { Clock } from '../../domain/clock.ts';
import { HopFailure, type HopFailureFacts, type HopFailureKind } from '../../domain/hop-failure.ts';
import type { RemoteTarget } from '../../domain/remote-executor.ts';
import type { TunnelInspector, TunnelState } from '../../domain/tunnel.ts';
import type { HopError } from './hop-error.ts';
import { startTimer } from './start-timer.ts';
import { tunnelProblem } from './tunnel-problem.ts';

/** Gives a failure the name of the caller's hop, and asks the tunnel when nothing came back from behind it. */
export type ToHopFailure = (error: HopError, target: RemoteTarget) => Promise<HopFailure>;

export interface ToHopFailureOptions {
  readonly tunnels?: TunnelInspector | undefined;
  readonly clock: Clock;
  readonly tunnelCheckMs: number;
}

/** What a tunnel that is down looks like from here. A refusal comes from somebody, so it is none of these. */
const SILENCE: readonly HopFailureKind[] = ['connect_timeout', 'no_route', 'connection_lost', 'no_ssh_banner'];

/** Hosts that fail at the same moment share one look at their tunnel. */
const FRESH_MS = 1_000;

export function createToHopFailure({ tunnels, clock, tunnelCheckMs }: ToHopFailureOptions): ToHopFailure {
  const inspections = new Map<string, Promise<TunnelState | undefined>>();

  function inspect(target: RemoteTarget): Promise<TunnelState | undefined> {
    const { vpn } = target.path;
    const address = (target.path.bastions[0] ?? target.endpoint).address;
    const key = `${vpn?.interface} ${address}`;
    const known = inspections.get(key);
    if (known !== undefined || tunnels === undefined || vpn === undefined) {
      return known ?? Promise.resolve(undefined);
    }
    const done = new AbortController();
    const tooLate = clock.sleep(tunnelCheckMs, done.signal).then(() => undefined);
    const inspection = Promise.race([tunnels.inspect(vpn, address).catch(() => undefined), tooLate]);
    inspections.set(key, inspection);
    void inspection.then(() => {
      done.abort();
      startTimer(clock, FRESH_MS, () => inspections.delete(key));
    });
    return inspection;
  }

  return async (error, target) => {
    const facts = nameHop(error, target);
    const { vpn } = target.path;
    if (vpn === undefined || error.facts.depth > 0 || !SILENCE.includes(facts.kind)) {
      return new HopFailure(facts, { cause: error });
    }
    const state = await inspect(target);
    const problem = state && tunnelProblem(state, vpn);
    if (problem !== undefined) {
      return new HopFailure({ kind: 'vpn_down', hop: vpn.interface, role: 'vpn', detail: problem }, { cause: error });
    }
    const gaps = state?.gaps.length ? `the tunnel could not be checked: ${state.gaps.join(', ')}` : undefined;
    const detail = [facts.detail, gaps].filter((part) => part !== undefined).join('; ');
    return new HopFailure({ ...facts, detail: detail || undefined }, { cause: error });
  };
}

function nameHop({ facts: { kind, depth, detail } }: HopError, { endpoint, path }: RemoteTarget): HopFailureFacts {
  const bastion = path.bastions[depth];
  const { name, address, port } = bastion ?? endpoint;
  const role = bastion === undefined ? 'host' : 'bastion';
  return { kind, hop: name, role, address: `${address}:${port}`, detail };
}
