import * as z from 'zod';
import type { PrometheusSource } from '../domain/inventory.ts';
import { METRICS, type Metric } from '../domain/metric.ts';
import { HttpUrl, section } from './fields.ts';
import { SecretName } from './receivers-section.ts';

const LONGEST_QUERY = 4_000;
const Query = z
  .string()
  .max(LONGEST_QUERY, `must be ${LONGEST_QUERY} characters at most`)
  .refine((query) => /"[^"]*\{\{host\}\}[^"]*"/.test(query), 'must name the host as a label in quotes: "{{host}}"');

function ofMetrics<Item>(item: Item): Record<Metric, Item> {
  return Object.fromEntries(METRICS.map((metric) => [metric, item])) as Record<Metric, Item>;
}

/** A Prometheus of the customer, read instead of storing twice. */
export const MetricSourceSection = section({
  prometheus: section({
    url: HttpUrl,
    token: SecretName.optional(),
    queries: section(ofMetrics(Query.optional())),
  }),
});
export type MetricSourceSection = z.infer<typeof MetricSourceSection>;

export function toMetricSource({ prometheus }: MetricSourceSection): PrometheusSource {
  const { url, token, queries } = prometheus;
  return { url: url.replace(/\/+$/, ''), token, queries };
}
