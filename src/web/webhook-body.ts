import { z } from 'zod';

/** Labels and annotations are texts; what is none is written as one or left out. */
const Texts = z
  .record(z.string(), z.unknown())
  .transform((texts) => new Map(Object.entries(texts).flatMap(([name, value]) => toText(name, value))))
  .catch(() => new Map<string, string>());

const Optional = z.string().optional().catch(undefined);

const Alert = z.object({
  status: Optional,
  labels: Texts,
  annotations: Texts,
  startsAt: Optional,
  endsAt: Optional,
  generatorURL: Optional,
  fingerprint: Optional,
  // Grafana's.
  dashboardURL: Optional,
  panelURL: Optional,
  valueString: Optional,
  values: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
export type WebhookAlert = z.infer<typeof Alert>;

const MOST_ALERTS = 1_000;

/**
 * What Alertmanager (version 4) and Grafana send. Strict in nothing but what is needed: a list of alerts, of which the
 * first 1,000 are read. The status of the whole is not read, since it is `firing` while any of them fires.
 */
export const WebhookBody = z.preprocess(
  cutAlerts,
  z.object({
    alerts: z.array(Alert),
    commonLabels: Texts.optional(),
    /** By the sender or by us. */
    truncatedAlerts: z.number().int().min(0).catch(0).default(0),
  }),
);
export type WebhookBody = z.infer<typeof WebhookBody>;

/** Before anything is looked at: in one MiB there may be hundreds of thousands, which take seconds. */
function cutAlerts(body: unknown): unknown {
  const { alerts, truncatedAlerts = 0 } = (body ?? {}) as { alerts?: unknown; truncatedAlerts?: unknown };
  if (!Array.isArray(alerts) || alerts.length <= MOST_ALERTS) {
    return body;
  }
  const more = alerts.length - MOST_ALERTS;
  const cut = typeof truncatedAlerts === 'number' ? truncatedAlerts + more : more;
  return { ...(body as object), alerts: alerts.slice(0, MOST_ALERTS), truncatedAlerts: cut };
}

function toText(name: string, value: unknown): readonly (readonly [string, string])[] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [[name, String(value)]]
    : [];
}
