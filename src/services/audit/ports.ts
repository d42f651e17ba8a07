import type { PersonId } from '../../domain/actor.ts';

/** One thing that somebody did or tried. Written before the effect (`started`) and after it (`succeeded`, `failed`, `denied`). */
export interface AuditEvent {
  readonly actor: PersonId | 'msops';
  /** For people to read. */
  readonly actorName: string;
  readonly channelId?: string | undefined;
  /** `noun.verb`, e.g. `host.status`. */
  readonly action: string;
  readonly customer?: string | undefined;
  readonly environment?: string | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly result: 'started' | 'succeeded' | 'failed' | 'denied';
  /** One id through the whole flow; also on the log lines. */
  readonly requestId: string;
}

export interface AuditEntry extends AuditEvent {
  readonly seq: number;
  readonly at: Date;
}

export interface AuditFilter {
  /** Only entries of these customers (and those of none when `undefined`). */
  readonly customers: 'all' | readonly string[];
  readonly since?: Date | undefined;
  readonly actor?: PersonId | undefined;
  readonly environment?: string | undefined;
  readonly limit: number;
}

/** Append-only, hash-chained. Nothing is ever changed or removed. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>;
  /** Recomputes the chain. */
  verify(): Promise<AuditVerification>;
}

export type AuditVerification =
  | { readonly intact: true; readonly entries: number; readonly headHash: string }
  | { readonly intact: false; readonly brokenAt: number; readonly problem: string };
