import { z } from 'zod';
import { METRICS } from '../domain/metric.ts';
import { CHART_SPANS, noChartView } from '../views/chart-view.ts';
import type { Action, ActionContext } from './action-spec.ts';
import { showChart } from './chart-show.ts';
import { outdatedButton } from './outdated-button.ts';

const Remembered = z.object({
  environment: z.string(),
  metric: z.enum(METRICS),
  hosts: z.array(z.string()),
  key: z.string(),
});

/** One for each span: draws the same for another time, into the same message if that is where it was clicked. */
export const CHART_ACTIONS: readonly Action[] = Object.entries(CHART_SPANS).map(([id, { ms }]) => ({
  id,
  run: (value, context) => redraw(remembered(value), ms, context),
}));

async function redraw(drawn: z.infer<typeof Remembered>, sinceMs: number, context: ActionContext): Promise<void> {
  const { environment, hosts, key } = drawn;
  const { actor, place, services, answer, deps } = context;
  const selection = services.inventory.select({ actor, place, permission: 'metric.read', environment, hosts });
  if (selection.environment.monitoring === undefined) {
    await answer.whisper(noChartView(selection.environment));
    return;
  }
  const request = { ...drawn, sinceMs, key: answer.keyHere(key, 'chart') };
  await showChart(selection, request, { ...context, charts: deps.charts });
}

function remembered(value: string): z.infer<typeof Remembered> {
  try {
    return Remembered.parse(JSON.parse(value));
  } catch (error) {
    throw outdatedButton(error);
  }
}
