import { UserError } from '../domain/errors.ts';
import type { Signal } from '../domain/inventory.ts';
import { shortId } from '../domain/short-id.ts';
import { notWatchedWords, silencedView } from '../views/alert-answer-views.ts';
import type { CommandContext } from './command-spec.ts';

export interface WantedSilence {
  /** As typed. */
  readonly environment: string;
  /** As typed; none: all of them. Each becomes a silence of its own. */
  readonly hosts: readonly string[];
  /** Missing: every signal. */
  readonly signal?: Signal | undefined;
  /** Of what a customer's monitoring reports. */
  readonly title?: string | undefined;
  readonly until: Date;
  readonly reason: string;
}

/**
 * Silences, and says so to whoever asked.
 * @throws {DeniedError} when they may not.
 * @throws {UserError} when it fits nothing.
 */
export async function saySilenced(
  { environment: typed, hosts: names, ...wanted }: WantedSilence,
  { actor, place, services, answer, touch }: Pick<CommandContext, 'actor' | 'place' | 'services' | 'answer' | 'touch'>,
): Promise<void> {
  const asking = { actor, place, permission: 'alert.manage' } as const;
  const selected = services.inventory.select({ ...asking, environment: typed, hosts: names });
  const { customer, environment } = selected;
  const hosts = names.length > 0 ? selected.hosts.map(({ name }) => name) : undefined;
  touch({ customer, environment: environment.name, hosts });
  if (environment.monitoring === undefined) {
    const { what, next } = notWatchedWords(environment);
    throw new UserError(what, { hint: next });
  }
  const requests = (hosts ?? [undefined]).map((host) => {
    const id = shortId(`${answer.keyOf('silence')}:${host ?? ''}`);
    return { id, actor, environment, host, ...wanted };
  });
  const silences = await services.alerts.silenceAll(requests);
  await answer.whisper(silencedView(silences));
}
