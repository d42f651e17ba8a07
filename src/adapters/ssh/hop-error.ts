import type { HopFailureKind } from '../../domain/hop-failure.ts';

export interface HopErrorFacts {
  readonly kind: HopFailureKind;
  /** Which hop of the route, 0 being the outermost. Names are the caller's: connections are shared. */
  readonly depth: number;
  readonly detail?: string | undefined;
}

/** A `HopFailure` before the hop has a name. Stays inside this adapter. */
export class HopError extends Error {
  override name = 'HopError';
  readonly facts: HopErrorFacts;

  constructor(facts: HopErrorFacts, options?: ErrorOptions) {
    super(facts.detail === undefined ? facts.kind : `${facts.kind}: ${facts.detail}`, options);
    this.facts = facts;
  }
}
