import { defineConfig } from 'vitest/config';

/** The sandbox's page in a real Chromium (`apt-get install chromium`, or CHROMIUM=<path>). */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
