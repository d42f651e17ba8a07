import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

export const FONT_FAMILY = 'Inter';
/** Stands for what the font has no sign for; resvg would draw nothing. */
const REPLACEMENT = '□';
const DEFAULT_SIZE = 12;

export interface ChartFont {
  /** The files that resvg reads: regular and semi-bold. */
  readonly files: readonly string[];
  /** @param font as in CSS, `600 17px Inter`. @returns pixels; layout by guessed widths would let texts touch. */
  widthOf(text: string, font: string): number;
  /** The text with another sign for each character that the font lacks. */
  drawable(text: string): string;
}

/** @throws when the files of the package are not there. */
export function openChartFont(): ChartFont {
  const { resolve } = createRequire(import.meta.url);
  const files = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
    resolve(`@expo-google-fonts/inter/${file}`),
  );
  const [regular, semiBold] = files.map((file) => opentype.parse(new Uint8Array(readFileSync(file)).buffer));
  if (regular === undefined || semiBold === undefined) {
    throw new Error('The font of the charts has not been read.');
  }
  return {
    files,
    widthOf(text, css) {
      const size = Number(/([\d.]+)px/.exec(css)?.[1] ?? DEFAULT_SIZE);
      return advance(text, /\b(?:bold|[6-9]00)\b/.test(css) ? semiBold : regular) * size;
    },
    drawable: (text) => [...text].map((character) => (has(regular, character) ? character : REPLACEMENT)).join(''),
  };
}

/** In ems. `getAdvanceWidth` of the library throws on Inter's substitutions, so the glyphs are added up. */
function advance(text: string, font: Font): number {
  return [...text].reduce((sum, character) => sum + font.charToGlyph(character).advanceWidth / font.unitsPerEm, 0);
}

function has(font: Font, character: string): boolean {
  return /\s/.test(character) || font.charToGlyph(character).index !== 0;
}
