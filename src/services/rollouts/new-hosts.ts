import type { RolloutHost } from './rollout.ts';

/** The hosts of a rollout before anything was done. */
export function newHosts(waves: readonly (readonly string[])[]): readonly RolloutHost[] {
  return waves.flatMap((wave, index) => wave.map((host): RolloutHost => ({ host, wave: index, state: 'waiting' })));
}
