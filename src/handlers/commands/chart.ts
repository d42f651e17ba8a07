import { refOf } from '../../domain/environment-ref.ts';
import { noChartView } from '../../views/chart-view.ts';
import { ChartArguments, toMetric, toSpan } from '../chart-arguments.ts';
import { showChart } from '../chart-show.ts';
import { defineCommand } from '../command-spec.ts';

export const chart = defineCommand({
  verb: 'chart',
  synopsis: '<environment> <metric> [host…] [--since 24h]',
  summary: 'Draw a metric over time: cpu, memory, disk, heap, load and others; 15 minutes to 30 days.',
  example: 'chart prod disk --since 7d',
  permission: 'metric.read',
  auditAction: 'metric.chart',
  options: { since: { type: 'string' } },
  args: ChartArguments,

  async run({ environment, metric, hosts, since }, context) {
    const { actor, place, services, answer, touch } = context;
    const selection = services.inventory.select({ actor, place, permission: 'metric.read', environment, hosts });
    touch({ customer: selection.customer, environment: selection.environment.name });
    if (selection.environment.monitoring === undefined) {
      await answer.whisper(noChartView(selection.environment));
      return;
    }
    const request = {
      environment: refOf(selection.environment),
      metric: toMetric(metric),
      hosts: hosts.length === 0 ? [] : selection.hosts.map(({ name }) => name),
      sinceMs: toSpan(since),
      key: answer.keyOf('chart'),
    };
    await showChart(selection, request, context);
  },
});
