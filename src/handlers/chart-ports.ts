import type { ChartOptions } from '../views/charts/chart-options.ts';

/** Draws charts. */
export interface ChartRenderer {
  /** @param size pixels of a page; the picture has twice as many each way. @returns a PNG. @throws when it cannot be drawn. */
  png(options: ChartOptions, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
}

export interface FileToUpload {
  /** With its ending, from which Slack guesses the type: `chart.png`. */
  readonly name: string;
  readonly title: string;
  readonly content: Uint8Array;
  /** For those who do not see it. */
  readonly altText: string;
}

/** Puts files into Slack, shared with nobody: they are seen where a block shows them. */
export interface FileUploader {
  /** Resolves when a block may show it. @throws {UserError} when Slack does not take it. */
  upload(file: FileToUpload): Promise<{ readonly fileId: string }>;
}
