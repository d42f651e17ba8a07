import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { Message } from '../domain/message.ts';
import type { Outbox } from '../services/notifications/ports.ts';
import type { Services } from './services.ts';

/** Looks up the workspace that somebody belongs to, for events that do not say. */
export interface PeopleDirectory {
  /** @returns `T…` or `E…`, or `undefined` when Slack does not tell: then the person is unknown. */
  teamOf(userId: string): Promise<string | undefined>;
}

export interface HomePublisher {
  publish(userId: string, blocks: Message['blocks']): Promise<void>;
}

export interface HandlerDeps {
  readonly services: Services;
  readonly outbox: Outbox;
  readonly people: PeopleDirectory;
  readonly home: HomePublisher;
  readonly clock: Clock;
  readonly logger: Logger;
}
