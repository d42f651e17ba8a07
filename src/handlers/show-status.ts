import type { HostReport } from '../domain/host-report.ts';
import type { Selection } from '../services/inventory/inventory-service.ts';
import { statusCheckingView, statusView } from '../views/status-view.ts';
import type { CommandContext } from './command-spec.ts';
import { showProgress } from './show-progress.ts';

/** Hosts answer within milliseconds of each other; Slack takes about one edit a second. */
const PROGRESS_EVERY_MS = 700;

type StatusContext = Pick<CommandContext, 'actor' | 'services' | 'answer' | 'clock' | 'touch'>;

/**
 * Checks the hosts and shows one message that is edited as they answer.
 * @param key of the message: a new one, or that of the message whose button was clicked.
 */
export async function showStatus(selection: Selection, context: StatusContext, key: string): Promise<void> {
  const { actor, services, answer, clock, touch } = context;
  const { customer, environment, hosts } = selection;
  touch({ customer, environment: environment.name, hosts: hosts.map(({ name }) => name) });

  const show = (reports: readonly HostReport[], isFinal: boolean): Promise<void> =>
    answer.edit(key, statusView({ selection, reports, now: clock.now(), isFinal, key, askedBy: actor.displayName }));
  await answer.edit(key, statusCheckingView(selection));
  const ask = (onProgress: (reports: readonly HostReport[]) => void) => services.hosts.check(selection, onProgress);
  await showProgress({ clock, everyMs: PROGRESS_EVERY_MS, ask, show });
}
