import type { Ack } from '../delivery/transport.ts';
import type { Json } from '../world/model.ts';

/** How something that a person did ended, as that person sees it. */
export interface Outcome {
  /** Taken by Slack and, when the app had to answer, by the app in time. */
  readonly ok: boolean;
  /** `operation_timeout`, `dispatch_failed`, `not_a_valid_command`, `required_fields`, `refused`, … */
  readonly error?: string | undefined;
  /** HTTP status with which the app refused. */
  readonly status?: number | undefined;
  /** Milliseconds until the app's ack. */
  readonly ms?: number | undefined;
  /** The message that was said. */
  readonly message?: { readonly channel: string; readonly ts: string } | undefined;
  /** What stands under the fields of a modal that was not taken; by block id. */
  readonly errors?: Readonly<Record<string, string>> | undefined;
  /** What an external select offers. */
  readonly options?: readonly Json[] | undefined;
  /** What the app sent with its ack. */
  readonly body?: unknown;
}

/** @param startedAt Unix milliseconds */
export function outcomeOf(ack: Ack, startedAt: number): Outcome {
  const ms = Date.now() - startedAt;
  return ack.ok ? { ok: true, ms, body: ack.body } : { ok: false, error: ack.error, status: ack.status, ms };
}
