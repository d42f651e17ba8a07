import { Resvg } from '@resvg/resvg-js';
import type { EChartsOption } from 'echarts';
import echarts from 'echarts/dist/echarts.min.js';
import { type ChartFont, FONT_FAMILY } from './chart-font.ts';

export interface ChartSize {
  /** Pixels of a page; the picture has twice as many each way. */
  readonly width: number;
  readonly height: number;
}

const SCALE = 2;

/** In the worker only: the libraries are large, and what resvg takes is given back when its thread ends. */
export function createChartDrawing(font: ChartFont) {
  echarts.setPlatformAPI({
    measureText: (text: string, css?: string) => ({ width: font.widthOf(text, css ?? '') }),
  });
  return {
    /** @returns a PNG. @throws when the options are none of ECharts'. */
    draw(options: EChartsOption, size: ChartSize): Uint8Array {
      const svg = toSvg(drawableTexts(options, font), size);
      const picture = new Resvg(svg, {
        font: { loadSystemFonts: false, fontFiles: [...font.files], defaultFontFamily: FONT_FAMILY },
        fitTo: { mode: 'zoom', value: SCALE },
      });
      return picture.render().asPng();
    },
  };
}

function toSvg(options: EChartsOption, { width, height }: ChartSize): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(options);
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // It holds timers, and would keep the thread awake.
  }
}

/** Texts are wherever the options have strings; all others are words of ECharts and in any font. */
function drawableTexts<Part>(part: Part, font: ChartFont): Part {
  if (typeof part === 'string') {
    return font.drawable(part) as Part;
  }
  if (Array.isArray(part)) {
    return part.map((one: unknown) => drawableTexts(one, font)) as Part;
  }
  if (typeof part === 'object' && part !== null) {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, drawableTexts(value, font)])) as Part;
  }
  return part;
}
