import { UserError } from '../domain/errors.ts';
import type { Environment } from '../domain/inventory.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import type { ChartRequest } from '../services/metrics/metrics-service.ts';
import type { AlertChart } from '../views/alert-details-modal.ts';
import { metricOfSignal } from '../views/charts/signal-metric.ts';
import type { HandlerDeps } from './deps.ts';

const SHOWN_MS = 3 * 60 * 60_000;
const POINTS = 180;

/** What shows the course of an alert; `undefined` where there is nothing to draw. */
export function chartRequestOf(
  { signal, alerts, ended, isTest }: AlertGroup,
  environment: Environment | undefined,
  until: Date,
): ChartRequest | undefined {
  const metric = metricOfSignal(signal);
  if (metric === undefined || isTest || environment?.monitoring === undefined) {
    return undefined;
  }
  const about = new Set([...alerts, ...ended].map(({ host }) => host));
  const hosts = environment.hosts.map(({ name }) => name).filter((name) => about.has(name));
  const from = new Date(until.getTime() - SHOWN_MS);
  // Without a host it would be a chart of all of them.
  return hosts.length === 0 ? undefined : { environment, metric, hosts, from, until, points: POINTS };
}

/** Never throws: the details are open already, and say what became of their chart. */
export async function drawAlertChart(
  request: ChartRequest,
  { services, charts, logger }: Pick<HandlerDeps, 'services' | 'charts' | 'logger'>,
): Promise<AlertChart> {
  try {
    const chart = await services.metrics.chart(request);
    const picture = await charts.draw(chart);
    return picture.kind === 'drawn' ? { kind: 'drawn', fileId: picture.fileId, chart } : picture;
  } catch (error) {
    const { customer, name: environment } = request.environment;
    logger.warn('Alert without a chart', { customer, environment, metric: request.metric, error });
    const reason = error instanceof UserError ? error.message : 'its numbers could not be read';
    return { kind: 'missing', reason };
  }
}
