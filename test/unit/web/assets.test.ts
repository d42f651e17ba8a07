import { describe, expect, it } from 'vitest';
import { ASSET_PATHS, createAssetRoutes } from '../../../src/web/assets.ts';

describe('createAssetRoutes', () => {
  it.each(Object.entries(ASSET_PATHS))('serves %s, to be kept for long', async (_name, path) => {
    const response = await createAssetRoutes().request(path);
    expect([response.status, response.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(response.headers.get('content-type')).toMatch(
      /^(?:text\/(?:css|javascript); charset=utf-8|image\/svg\+xml)$/,
    );
    expect((await response.text()).length).toBeGreaterThan(100);
  });

  it('asks no other host for anything', async () => {
    for (const path of [ASSET_PATHS.css, ASSET_PATHS.page, ASSET_PATHS.charts]) {
      expect(await (await createAssetRoutes().request(path)).text()).not.toMatch(
        /https?:\/\/|@import|eval\(|innerHTML =/,
      );
    }
  });
});
