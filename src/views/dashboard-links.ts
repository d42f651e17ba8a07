import type { Environment } from '../domain/inventory.ts';

/** How far back charts can go, shortest first. */
export const CHART_SPANS = { '1h': 1, '6h': 6, '24h': 24, '7d': 168, '30d': 720 } as const;
export type ChartSpan = keyof typeof CHART_SPANS;

/** What charts of a page show. */
export interface ChartChoice {
  readonly span: ChartSpan;
  /** Missing: all hosts. */
  readonly host?: string | undefined;
}

export function readSpan(typed: string | undefined): ChartSpan | undefined {
  return (Object.keys(CHART_SPANS) as ChartSpan[]).find((span) => span === typed);
}

export function environmentHref({ customer, name }: Pick<Environment, 'customer' | 'name'>): string {
  return `/${encodeURIComponent(customer)}/${encodeURIComponent(name)}`;
}

export function chartsHref(environment: Environment, { span, host }: ChartChoice): string {
  const query = new URLSearchParams({ span, ...(host === undefined ? {} : { host }) });
  return `${environmentHref(environment)}?${query}#charts`;
}
