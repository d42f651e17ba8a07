import type { Environment, RolloutSettings } from '../../domain/inventory.ts';
import type { HostPlan, PlanProblem } from './host-change.ts';

export interface Waves {
  /** Names of hosts; every host once. */
  readonly waves: readonly (readonly string[])[];
  /** Roles that could not be kept in service. */
  readonly problems: readonly PlanProblem[];
}

/**
 * The canary first, then waves of one size, in the order of the plan; of a role never more at once than may be missing.
 * @param environment whose hosts are counted, also those that the plan leaves alone.
 */
export function planWaves(hosts: readonly HostPlan[], environment: Environment, settings: RolloutSettings): Waves {
  const spare = spareOf(environment, settings);
  const problems = [...new Set(hosts.map(({ role }) => role))].flatMap((role) => problemOf(role, environment, spare));
  if (problems.length > 0) {
    return { waves: [], problems };
  }
  const waves: string[][] = [];
  let left = hosts;
  while (left.length > 0) {
    const size = waves.length === 0 && settings.canary > 0 ? settings.canary : waveSize(hosts.length, settings);
    const wave = nextWave(left, size, spare);
    waves.push(wave.map(({ host }) => host));
    left = left.filter((host) => !wave.includes(host));
  }
  return { waves, problems: [] };
}

/** How many healthy hosts of a role must stay in service. */
export function keptOf(role: string, { keepRunning }: RolloutSettings): number {
  return keepRunning[role] ?? 1;
}

type Spare = (role: string) => number;

function spareOf({ hosts }: Environment, settings: RolloutSettings): Spare {
  return (role) => hosts.filter((host) => host.role === role).length - keptOf(role, settings);
}

function problemOf(role: string, { hosts }: Environment, spare: Spare): readonly PlanProblem[] {
  if (spare(role) > 0) {
    return [];
  }
  const names = hosts.filter((host) => host.role === role).map(({ name }) => name);
  const who = names.length === 1 ? `${names[0]} is the only ${role}` : `there are ${names.length} of the role ${role}`;
  const allowed = names.length - 1;
  return [
    {
      host: names[0],
      text: `${who}, and as many must stay in service; \`rollout: { keep_running: { ${role}: ${allowed} } }\` in msops.yml allows the outage of one`,
    },
  ];
}

function waveSize(count: number, { wave }: RolloutSettings): number {
  return 'hosts' in wave ? wave.hosts : Math.max(1, Math.floor((count * wave.percent) / 100));
}

function nextWave(left: readonly HostPlan[], size: number, spare: Spare): readonly HostPlan[] {
  const wave: HostPlan[] = [];
  for (const host of left) {
    const ofRole = wave.filter(({ role }) => role === host.role).length;
    if (wave.length < size && ofRole < spare(host.role)) {
      wave.push(host);
    }
  }
  return wave;
}
