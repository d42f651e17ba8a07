/** What is used of opentype.js 2, which has no types. */
declare module 'opentype.js' {
  export interface Glyph {
    /** 0: the font has no such character. */
    readonly index: number;
    /** In units of the font. */
    readonly advanceWidth: number;
  }

  export interface Font {
    readonly unitsPerEm: number;
    charToGlyph(character: string): Glyph;
  }

  /** CommonJS: its names are on the default alone. */
  const opentype: { parse(file: ArrayBuffer): Font };

  // biome-ignore lint/style/noDefaultExport: the package has nothing else.
  export default opentype;
}
