import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { MetricChart } from '../services/metrics/metrics-service.ts';
import type { ChartPicture } from '../views/chart-view.ts';
import { chartOptions } from '../views/charts/chart-options.ts';
import { chartSummary } from '../views/charts/chart-summary.ts';
import type { ChartRenderer, FileUploader } from './chart-ports.ts';

/** Pictures of charts that blocks in Slack can show. */
export interface ChartPictures {
  /** Never throws: numbers in words are better than no answer, so what went wrong is a value. */
  draw(chart: MetricChart): Promise<ChartPicture>;
}

export interface ChartPicturesDeps {
  readonly renderer: ChartRenderer;
  readonly files: FileUploader;
  readonly logger: Logger;
}

const SIZE = { width: 800, height: 400 } as const;
const NOT_DRAWN = 'it could not be drawn. Please try again in a minute';

export function createChartPictures({ renderer, files, logger }: ChartPicturesDeps): ChartPictures {
  return {
    async draw(chart) {
      const { customer, name } = chart.environment;
      try {
        const content = await renderer.png(chartOptions(chart, { theme: 'both', ...SIZE }), SIZE);
        const title = `${chart.metric} ${customer}/${name}`;
        const file = { name: `${chart.metric}.png`, title, content, altText: chartSummary(chart) };
        return { kind: 'drawn', ...(await files.upload(file)) };
      } catch (error) {
        logger.warn('Chart without a picture', { customer, environment: name, metric: chart.metric, error });
        return { kind: 'missing', reason: error instanceof UserError ? error.message : NOT_DRAWN };
      }
    },
  };
}
