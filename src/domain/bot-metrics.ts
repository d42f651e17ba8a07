/** Text in Prometheus' format. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}

/** What the bot counts of itself. Never holds a name of a customer, a host or a person. */
export interface BotMetrics {
  /**
   * @param kind `command`, `action`, `modal`, `mention`, …: few and fixed.
   * @param result `done`, `refused`, `failed`.
   */
  interactionHandled(kind: string, result: string): void;
  /** Hosts of a round of scheduled checks: those that were checked, and those that were due and were not. */
  checksDone(counts: { readonly done: number; readonly late: number }): void;
  /** Never rejects: what cannot be read in time is absent. */
  page(): Promise<MetricsPage>;
}
