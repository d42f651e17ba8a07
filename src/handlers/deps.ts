import type { ModalView } from '@slack/types';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { Message } from '../domain/message.ts';
import type { Outbox } from '../services/notifications/ports.ts';
import type { ChartPictures } from './chart-pictures.ts';
import type { Services } from './services.ts';

/** Looks up the workspace that somebody belongs to, for events that do not say. */
export interface PeopleDirectory {
  /** @returns `T…` or `E…`, or `undefined` when Slack does not tell: then the person is unknown. */
  teamOf(userId: string): Promise<string | undefined>;
}

export interface HomePublisher {
  publish(userId: string, blocks: Message['blocks']): Promise<void>;
}

/** Puts a form over what somebody sees. */
export interface ModalOpener {
  /** @param triggerId of a click or a command, good for 3 s and once. @throws {UserError} when it is too late. */
  open(triggerId: string, view: ModalView): Promise<OpenedModal>;
  /** Shows something else in it; nothing when it was closed or changed meanwhile. @throws when Slack does not take it. */
  update(opened: OpenedModal, view: ModalView): Promise<void>;
}

/** A modal as it was opened; `hash` is of what it shows. */
export interface OpenedModal {
  readonly viewId: string;
  readonly hash?: string | undefined;
}

export interface HandlerDeps {
  readonly services: Services;
  readonly outbox: Outbox;
  readonly people: PeopleDirectory;
  readonly home: HomePublisher;
  readonly modals: ModalOpener;
  readonly charts: ChartPictures;
  readonly clock: Clock;
  readonly logger: Logger;
}
