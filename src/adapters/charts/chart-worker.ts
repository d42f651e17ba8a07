import { parentPort } from 'node:worker_threads';
import type { EChartsOption } from 'echarts';
import { openChartFont } from './chart-font.ts';
import { type ChartSize, createChartDrawing } from './draw-chart.ts';

/** What the worker is asked, one chart after the other. */
export interface ChartOrder {
  readonly options: EChartsOption;
  readonly size: ChartSize;
}

export type ChartAnswer = { readonly png: Uint8Array } | { readonly problem: string };

const drawing = createChartDrawing(openChartFont());

parentPort?.on('message', ({ options, size }: ChartOrder) => {
  parentPort?.postMessage(answerTo({ options, size }));
});

function answerTo({ options, size }: ChartOrder): ChartAnswer {
  try {
    return { png: drawing.draw(options, size) };
  } catch (error) {
    return { problem: String(error) };
  }
}
