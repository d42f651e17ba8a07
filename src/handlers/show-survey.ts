import type { Message } from '../domain/message.ts';
import type { Selection } from '../services/inventory/inventory-service.ts';
import type { SurveyFacts } from '../views/survey-view.ts';
import type { CommandContext } from './command-spec.ts';
import { showProgress } from './show-progress.ts';

/** Hosts answer within moments of each other; Slack takes about one edit a second. */
const PROGRESS_EVERY_MS = 1_500;

export interface Survey<Report> {
  readonly selection: Selection;
  /** Of the message's key. */
  readonly name: string;
  ask(selection: Selection, onProgress: (reports: readonly Report[]) => void): Promise<readonly Report[]>;
  view(facts: SurveyFacts<Report>): Message;
}

/** Asks every host and shows one message that is edited as they answer. */
export async function showSurvey<Report>(survey: Survey<Report>, context: CommandContext): Promise<void> {
  const { actor, answer, clock, touch } = context;
  const { selection, name, ask, view } = survey;
  const { customer, environment, hosts } = selection;
  touch({ customer, environment: environment.name, hosts: hosts.map((host) => host.name) });

  const show = (reports: readonly Report[], isFinal: boolean): Promise<void> =>
    answer.show(name, view({ selection, reports, isFinal, now: clock.now(), askedBy: actor.displayName }));
  await show([], false);
  await showProgress({ clock, everyMs: PROGRESS_EVERY_MS, ask: (onProgress) => ask(selection, onProgress), show });
}
