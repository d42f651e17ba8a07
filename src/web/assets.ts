import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import type { AssetPaths } from '../views/dashboard-layout.ts';

const JS = 'text/javascript; charset=utf-8';
const FILES = {
  css: { file: new URL('./assets/dashboard.css', import.meta.url), type: 'text/css; charset=utf-8' },
  icon: { file: new URL('./assets/icon.svg', import.meta.url), type: 'image/svg+xml' },
  page: { file: new URL('./assets/page.js', import.meta.url), type: JS },
  charts: { file: new URL('./assets/charts.js', import.meta.url), type: JS },
  echarts: { file: createRequire(import.meta.url).resolve('echarts/dist/echarts.min.js'), type: JS },
} as const;
type AssetName = keyof typeof FILES;

/** So that browsers keep them for a year, and take the new ones after an update. */
const VERSION = versionOf(Object.values(FILES).map(({ file }) => file));

/** Where pages find them. */
export const ASSET_PATHS: AssetPaths = {
  ...{ css: pathOf('css'), icon: pathOf('icon'), page: pathOf('page') },
  ...{ charts: pathOf('charts'), echarts: pathOf('echarts') },
};

/** Files that everybody may have: nothing in them is of a customer. */
export function createAssetRoutes(): Hono {
  const app = new Hono();
  for (const name of Object.keys(FILES) as AssetName[]) {
    const { file, type } = FILES[name];
    app.get(pathOf(name), async (c) => {
      const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
      return c.body(await readFile(file), 200, headers);
    });
  }
  return app;
}

function pathOf(name: AssetName): string {
  return `/assets/${VERSION}/${name}`;
}

function versionOf(files: readonly (string | URL)[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
