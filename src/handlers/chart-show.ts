import type { Selection } from '../services/inventory/inventory-service.ts';
import { type ChartRequest, chartDrawingView, chartFailedView, chartView } from '../views/chart-view.ts';
import type { ChartPictures } from './chart-pictures.ts';
import type { CommandContext } from './command-spec.ts';

/** Whoever waits for longer hears that it is being drawn. */
const ANNOUNCED_AFTER_MS = 700;
/** About two pixels each. */
const POINTS = 360;

type ChartContext = Pick<CommandContext, 'services' | 'answer' | 'clock' | 'touch'> & {
  readonly charts: ChartPictures;
};

/** One message that becomes the chart. */
export async function showChart(selection: Selection, request: ChartRequest, context: ChartContext): Promise<void> {
  const { answer, clock, touch } = context;
  const { customer, environment, hosts } = selection;
  touch({ customer, environment: environment.name, hosts: hosts.map(({ name }) => name) });
  const done = new AbortController();
  const announce = async (): Promise<boolean> => {
    await clock.sleep(ANNOUNCED_AFTER_MS, done.signal);
    const isLate = !done.signal.aborted;
    await (isLate ? answer.edit(request.key, chartDrawingView(request)) : undefined);
    return isLate;
  };
  const announced = announce().catch(() => false); // What cannot be saved fails again with the chart itself.
  try {
    const message = await draw(selection, request, context);
    done.abort();
    await announced;
    await answer.edit(request.key, message);
  } catch (error) {
    done.abort();
    if (await announced) {
      await answer.edit(request.key, chartFailedView(request));
    }
    throw error;
  }
}

async function draw({ environment }: Selection, request: ChartRequest, { services, charts, clock }: ChartContext) {
  const until = clock.now();
  const from = new Date(until.getTime() - request.sinceMs);
  const { metric, hosts } = request;
  const chart = await services.metrics.chart({ environment, metric, hosts, from, until, points: POINTS });
  return chartView(request, chart, await charts.draw(chart));
}
