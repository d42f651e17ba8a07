/** Text in Prometheus' format. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}

/** How an interaction ended. `refused`: whoever asked was told why. `failed`: by an error that nobody foresaw. */
export type InteractionResult = 'done' | 'refused' | 'failed';

/** What the bot counts of itself. Never holds a name of a customer, a host or a person. */
export interface BotMetrics {
  /** @param kind `command`, `action`, `submission`, `event`: few and fixed. */
  interactionHandled(kind: string, result: InteractionResult): void;
  /** Hosts of a round of scheduled checks: those that were checked, and those that were due and were not. */
  checksDone(counts: { readonly done: number; readonly late: number }): void;
  /** Never rejects: what cannot be read in time is absent. */
  page(): Promise<MetricsPage>;
}
