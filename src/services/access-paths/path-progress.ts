import type { AccessPath, Host } from '../../domain/inventory.ts';
import type { PathStep, StepOutcome } from './path-step.ts';

/** The steps of one check, as they become known. */
export interface PathProgress {
  tunnel(steps: readonly PathStep[]): void;
  hop(kind: 'bastion' | 'host', name: string, outcome: StepOutcome): void;
  /** What was never tried is `not_reached`. */
  end(): readonly PathStep[];
}

export function createPathProgress(
  { vpn, bastions }: AccessPath,
  hosts: readonly Host[],
  onProgress: (steps: readonly PathStep[]) => void,
): PathProgress {
  const waiting = (kind: PathStep['kind'], name: string): PathStep => ({ kind, name, state: 'waiting' });
  let tunnelSteps: readonly PathStep[] = vpn ? [waiting('vpn', vpn.interface)] : [];
  let hops: readonly PathStep[] = [
    ...bastions.map(({ name }) => waiting('bastion', name)),
    ...hosts.map(({ name }) => waiting('host', name)),
  ];
  const all = (): readonly PathStep[] => [...tunnelSteps, ...hops];

  return {
    tunnel(steps) {
      tunnelSteps = steps;
      onProgress(all());
    },
    hop(kind, name, outcome) {
      hops = hops.map((step) => (step.kind === kind && step.name === name ? { kind, name, ...outcome } : step));
      onProgress(all());
    },
    end: () => all().map((step) => (step.state === 'waiting' ? { ...step, state: 'not_reached' } : step)),
  };
}
