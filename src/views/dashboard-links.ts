import type { Environment } from '../domain/inventory.ts';
import type { Metric } from '../domain/metric.ts';

/** How far back charts can go, shortest first. */
export const PAGE_SPANS = { '1h': 1, '6h': 6, '24h': 24, '7d': 168, '30d': 720 } as const;
export type ChartSpan = keyof typeof PAGE_SPANS;

/** What charts of a page show. */
export interface ChartChoice {
  readonly span: ChartSpan;
  /** Missing: all hosts. */
  readonly host?: string | undefined;
}

export function readSpan(typed: string | undefined): ChartSpan | undefined {
  return (Object.keys(PAGE_SPANS) as ChartSpan[]).find((span) => span === typed);
}

export function environmentHref({ customer, name }: Pick<Environment, 'customer' | 'name'>): string {
  return `/${encodeURIComponent(customer)}/${encodeURIComponent(name)}`;
}

export function chartsHref(environment: Environment, choice: ChartChoice): string {
  return `${environmentHref(environment)}?${choiceQuery(choice)}#charts`;
}

/** Where a page's script asks for one chart. */
export function chartSource(environment: Environment, choice: ChartChoice, metric: Metric): string {
  return `/api${environmentHref(environment)}/chart?${choiceQuery(choice)}&metric=${metric}`;
}

function choiceQuery({ span, host }: ChartChoice): URLSearchParams {
  return new URLSearchParams({ span, ...(host === undefined ? {} : { host }) });
}
