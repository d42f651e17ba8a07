import type { RolloutFacts } from '../services/rollouts/ports.ts';
import type { RolloutHost } from '../services/rollouts/rollout.ts';
import { code, cut } from './mrkdwn.ts';
import { HOST_ICONS } from './rollout-state.ts';
import { link, listHosts, sentence } from './rollout-text.ts';

const LONGEST_HOST = 60;

/** Each failed host with its reason, what to do next, and a link to its message in the thread. */
export function failureLines({ hosts, links }: RolloutFacts): readonly string[] {
  return hosts.filter(({ state }) => state === 'failed').map((host) => failureLine(host, links[host.host]));
}

function failureLine({ host, step, note, advice }: RolloutHost, url: string | undefined): string {
  const where = step === undefined ? '' : ` at “${sentence(step)}”`;
  const next = advice === undefined ? '' : `\n      → ${sentence(advice)}`;
  const output = url === undefined ? '' : ` · ${link(url, 'what it printed')}`;
  return `${HOST_ICONS.failed} ${code(cut(host, LONGEST_HOST))}${where}: ${sentence(note ?? 'the reason is unknown')}${output}${next}`;
}

/** Hosts that were not touched; empty when there are none. */
export function leftAloneLines({ hosts }: RolloutFacts): readonly string[] {
  const names = hosts.filter(({ state }) => state === 'skipped' || state === 'waiting').map(({ host }) => host);
  return names.length > 0 ? [`${HOST_ICONS.skipped} Left alone: ${listHosts(names)}`] : [];
}
