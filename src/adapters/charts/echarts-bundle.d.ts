/** All of ECharts in one file: loaded in a tenth of the second that its hundreds of modules take. */
declare module 'echarts/dist/echarts.min.js' {
  import type { init, setPlatformAPI } from 'echarts';

  const echarts: { readonly init: typeof init; readonly setPlatformAPI: typeof setPlatformAPI };
  // biome-ignore lint/style/noDefaultExport: CommonJS, its names are on the default alone.
  export default echarts;
}
