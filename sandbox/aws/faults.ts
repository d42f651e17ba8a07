import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './aws-error.ts';

/** What shall go wrong from now on. */
export interface Fault {
  /** `SendEmail`; missing: every operation. */
  readonly operation?: string | undefined;
  /** Answers with this error; missing: the request is served after the delay. */
  readonly code?: string | undefined;
  /** Defaults to 400. */
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  readonly delayMs?: number | undefined;
  /** How often; missing: until cleared. */
  readonly times?: number | undefined;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Waits and throws as the oldest fault says that fits. @throws {AwsError} */
  meet(operation: string): Promise<void>;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      waiting = [];
    },
    async meet(operation) {
      const met = waiting.find(({ fault }) => fault.operation === undefined || fault.operation === operation);
      if (met === undefined) {
        return;
      }
      met.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      const { code, message, status, delayMs } = met.fault;
      if (delayMs !== undefined) {
        await sleep(delayMs, undefined, { ref: false });
      }
      if (code !== undefined) {
        throw new AwsError(code, message ?? `${code} as asked for.`, status);
      }
    },
  };
}
