import { afterEach, describe, expect, it } from 'vitest';
import { openChartFont } from '../../../../src/adapters/charts/chart-font.ts';
import { type ChartRenderer, createChartRenderer } from '../../../../src/adapters/charts/chart-renderer.ts';
import { type ChartOptions, chartOptions } from '../../../../src/views/charts/chart-options.ts';
import { aChart } from '../../views/charts/chart-builders.ts';

const SIZE = { width: 400, height: 220 };
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

let renderer: ChartRenderer;
afterEach(() => renderer.close());

const optionsOf = (overrides = {}): ChartOptions => chartOptions(aChart(overrides), { theme: 'both', ...SIZE });
const titled = (text: string): ChartOptions => ({ backgroundColor: '#fff', title: { text }, series: [] });
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe('createChartRenderer', () => {
  it('draws a PNG of twice the size, and the same one from the same chart', async () => {
    renderer = createChartRenderer();
    const [one, other] = await Promise.all([renderer.png(optionsOf(), SIZE), renderer.png(optionsOf(), SIZE)]);
    expect([...one.slice(0, 4)]).toEqual(PNG_SIGNATURE);
    expect(sizeOf(one)).toEqual([800, 440]);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('really draws texts, and a sign for what the font lacks', async () => {
    renderer = createChartRenderer();
    const texts = ['', 'CPU busy', '日本'];
    const [none, words, strange] = await Promise.all(texts.map((text) => renderer.png(titled(text), SIZE)));
    const boxes = await renderer.png(titled('□□'), SIZE);
    expect(Buffer.from(words!).equals(Buffer.from(none!))).toBe(false);
    expect(words!.length).toBeGreaterThan(none!.length + 500);
    expect(Buffer.from(strange!).equals(Buffer.from(boxes))).toBe(true);
  });

  it('fails alone for options that nobody can draw', async () => {
    renderer = createChartRenderer();
    const impossible = { series: [{ type: 'line', data: [1], xAxisIndex: 7 }], xAxis: {}, yAxis: {} };
    const drawn = await Promise.allSettled([
      renderer.png(impossible as ChartOptions, SIZE),
      renderer.png(optionsOf(), SIZE),
    ]);
    expect(drawn.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('gives up after the deadline', async () => {
    renderer = createChartRenderer({ deadlineMs: 1 });
    await expect(renderer.png(optionsOf(), SIZE)).rejects.toThrow('was not drawn within 0.001 s');
  });

  it('draws the next chart when a thread dies', async () => {
    const dies = new URL(
      `data:text/javascript,${encodeURIComponent("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));")}`,
    );
    renderer = createChartRenderer({ script: dies });
    await expect(renderer.png(optionsOf(), SIZE)).rejects.toThrow('the drawing thread ended');
    await expect(renderer.png(optionsOf(), SIZE)).rejects.toThrow('the drawing thread ended');
  });

  it('draws nothing any more after it was closed', async () => {
    renderer = createChartRenderer();
    await renderer.close();
    await expect(renderer.png(optionsOf(), SIZE)).rejects.toThrow('stopping');
  });
});

describe('the font of charts', () => {
  it('measures by its own glyphs: wide letters, bold ones and larger ones are wider', () => {
    const { widthOf } = openChartFont();
    expect(widthOf('WWW', '12px Inter')).toBeGreaterThan(widthOf('iii', '12px Inter') * 2);
    expect(widthOf('apim-1', '600 12px Inter')).toBeGreaterThan(widthOf('apim-1', '12px Inter'));
    expect(widthOf('a', '24px Inter')).toBeCloseTo(widthOf('a', '12px Inter') * 2);
    expect(widthOf('100 %', '12px Inter')).toBeGreaterThan(25);
  });
});
