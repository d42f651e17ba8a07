import { type Environment, SIGNALS } from '../domain/inventory.ts';
import { shortId } from '../domain/short-id.ts';
import type { IncomingAlert } from '../services/alerts/alert-service.ts';
import type { WebhookAlert } from './webhook-body.ts';
import { hostOf } from './webhook-host.ts';
import { severityOf } from './webhook-severity.ts';

const LONGEST_LINK = 500;
const LONGEST_TEXT = 400;
const LONGEST_VALUES = 80;
const SHOWN_VALUES = 3;

/**
 * In our words; `undefined`: nobody has to hear of it, by its severity or because we have sent it there ourselves. An end
 * is heard whatever its severity.
 */
export function toIncoming(alert: WebhookAlert, environment: Environment, now: Date): IncomingAlert | undefined {
  const { labels, annotations } = alert;
  const state = stateOf(alert, now);
  const severity = severityOf(labels.get('severity'));
  if (isOurs(alert) || (severity === undefined && state === 'firing')) {
    return undefined;
  }
  const title = labels.get('alertname')?.trim() || 'Alert without a name';
  return {
    ...{ title, state, severity: severity ?? 'warning', text: textOf(alert, title) },
    fingerprint: alert.fingerprint || shortId(JSON.stringify([...labels].toSorted())),
    host: hostOf(labels, environment),
    startsAt: toDate(alert.startsAt) ?? now,
    owner: labels.get('owner')?.toLowerCase() === 'customer' ? 'customer' : undefined,
    links: {
      source: firstLink(alert.panelURL, alert.dashboardURL, alert.generatorURL),
      runbook: firstLink(annotations.get('runbook_url'), annotations.get('runbook')),
    },
  };
}

/** Their monitoring gets our alerts too, and would send them back to us and round again. */
function isOurs({ labels, annotations }: WebhookAlert): boolean {
  return annotations.has('incident') && SIGNALS.some((signal) => signal === labels.get('signal'));
}

/** Each alert says it of itself; where it does not, its end does, which is the year 1 while it fires. */
function stateOf({ status, endsAt }: WebhookAlert, now: Date): IncomingAlert['state'] {
  if (status !== undefined) {
    return status.toLowerCase() === 'resolved' ? 'resolved' : 'firing';
  }
  const end = toDate(endsAt);
  return end !== undefined && end.getUTCFullYear() > 1 && end <= now ? 'resolved' : 'firing';
}

function textOf(alert: WebhookAlert, title: string): string {
  const { annotations } = alert;
  const said = ['summary', 'description', 'message'].flatMap((name) => oneLine(annotations.get(name) ?? '') || []);
  const values = valuesOf(alert);
  return `${cut(said[0] ?? title, LONGEST_TEXT)}${values === '' ? '' : ` (${values})`}`;
}

/** Of Grafana: `B 22.3, C 1`. */
function valuesOf({ values, valueString }: WebhookAlert): string {
  const numbers = Object.entries(values ?? {}).flatMap(([name, value]) =>
    typeof value === 'number' ? [`${name} ${Number(value.toPrecision(4))}`] : [],
  );
  return cut(
    numbers.length > 0 ? numbers.slice(0, SHOWN_VALUES).join(', ') : oneLine(valueString ?? ''),
    LONGEST_VALUES,
  );
}

function firstLink(...urls: readonly (string | undefined)[]): string | undefined {
  return urls.find((url) => url !== undefined && url.length <= LONGEST_LINK && isHttps(url));
}

function isHttps(url: string): boolean {
  return URL.parse(url)?.protocol === 'https:';
}

function toDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
}
