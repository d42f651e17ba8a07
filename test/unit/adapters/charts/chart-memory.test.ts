import { afterEach, describe, expect, it } from 'vitest';
import { type ChartRenderer, createChartRenderer } from '../../../../src/adapters/charts/chart-renderer.ts';
import { chartOptions } from '../../../../src/views/charts/chart-options.ts';
import { aChart } from '../../views/charts/chart-builders.ts';

const SIZE = { width: 800, height: 400 };
const MEBIBYTE = 2 ** 20;

let renderer: ChartRenderer;
afterEach(() => renderer.close());

describe('createChartRenderer', () => {
  it('needs no more and more memory: 60 charts in one thread would take 300 MiB', async () => {
    renderer = createChartRenderer({ chartsPerThread: 10 });
    const options = chartOptions(aChart(), { theme: 'both', ...SIZE });
    const draw = (count: number) => Promise.all(Array.from({ length: count }, () => renderer.png(options, SIZE)));
    await draw(20);
    const before = process.memoryUsage().rss;
    await draw(60);
    expect((process.memoryUsage().rss - before) / MEBIBYTE).toBeLessThan(150);
  }, 120_000);
});
