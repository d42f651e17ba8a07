/** `light` and `dark` are for a page with that background; `both` brings its own and is readable in either. */
export type ChartTheme = 'light' | 'dark' | 'both';

export interface ChartColors {
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly grid: string;
  readonly axis: string;
  readonly maintenance: string;
  readonly warning: string;
  readonly critical: string;
  /** Okabe and Ito's, told apart by color-blind people; darker or lighter where the background needs it. */
  readonly lines: readonly string[];
}

const LIGHT: ChartColors = {
  ...{ background: 'transparent', text: '#1d2733', faintText: '#5b6773', grid: '#e8ebee', axis: '#8a949e' },
  ...{ maintenance: 'rgba(91, 103, 115, 0.14)', warning: '#9a6700', critical: '#c62828' },
  lines: ['#0072b2', '#d55e00', '#009e73', '#b5508f', '#3f9fd8', '#c98a00', '#6a3d9a', '#4a5560'],
};
const DARK: ChartColors = {
  ...{ background: 'transparent', text: '#eef1f4', faintText: '#a7b1bb', grid: '#343b43', axis: '#6f7a85' },
  ...{ maintenance: 'rgba(167, 177, 187, 0.18)', warning: '#e3b341', critical: '#ff7b72' },
  lines: ['#56b4e9', '#ff9147', '#2fc79b', '#e58cc4', '#8ab8ff', '#e6b800', '#b794f6', '#c3ccd5'],
};

export const CHART_COLORS: Readonly<Record<ChartTheme, ChartColors>> = {
  light: LIGHT,
  dark: DARK,
  both: { ...LIGHT, background: '#ffffff' },
};

/** The first four differ by color alone, the others by style too. */
export function lineStyleOf(index: number): 'solid' | 'dashed' | 'dotted' {
  return index < 4 ? 'solid' : index % 2 === 0 ? 'dashed' : 'dotted';
}
