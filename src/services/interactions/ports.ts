export type InteractionKind = 'command' | 'action' | 'submission' | 'event';

/** Something that a person did in Slack, as it came, before anybody looked at it. */
export interface Interaction {
  /** From Slack's own ids, so that a redelivery has the same one. */
  readonly id: string;
  readonly kind: InteractionKind;
  /** The body as Bolt hands it over; plain JSON. */
  readonly payload: unknown;
}

export interface StoredInteraction extends Interaction {
  readonly receivedAt: Date;
  /** How often work on it was begun before, e.g. by a replica that died. */
  readonly attempts: number;
}

/** Written before `ack()`. */
export interface Inbox {
  /** Stores it as owned by this replica. Resolves `false` when it was already there: a duplicate, nothing to do. */
  accept(interaction: Interaction): Promise<boolean>;
  /** One conditional write; `false` when somebody else has it or it is finished. */
  begin(id: string): Promise<boolean>;
  finish(id: string, outcome: 'done' | 'failed'): Promise<void>;
  /** Lets this replica begin again what it began and did not finish. */
  release(id: string): Promise<void>;
  /** Removes what this replica accepted and did not begin; the same may then be accepted again. */
  forget(id: string): Promise<void>;
  /** Takes over what dead replicas (no heartbeat for 20 s, database clock) accepted and did not finish. Each row goes to one caller. */
  takeOver(): Promise<readonly StoredInteraction[]>;
}
