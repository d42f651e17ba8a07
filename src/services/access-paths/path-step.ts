import type { HopFailureFacts } from '../../domain/hop-failure.ts';

/**
 * `broken`: nothing gets past here. `warning`: works, but something is not as configured. `unknown`: could not be
 * found out. `not_reached`: something before it is broken.
 */
export type PathStepState = 'waiting' | 'ok' | 'warning' | 'broken' | 'unknown' | 'not_reached';

/** One thing that was looked at on the way in, in the order of the way. */
export interface PathStep {
  readonly kind: 'vpn' | 'bastion' | 'host';
  /** `wg-globex: interface`, `acme-bastion`, `mi-2`. */
  readonly name: string;
  readonly state: PathStepState;
  /** What was found, in words. */
  readonly detail?: string | undefined;
  /** What to do about it. */
  readonly next?: string | undefined;
  /** Why the hop could not be passed; then there is no `detail`. */
  readonly failure?: HopFailureFacts | undefined;
}

/** What a step turned out to be. */
export type StepOutcome = Pick<PathStep, 'state' | 'detail' | 'next' | 'failure'>;
