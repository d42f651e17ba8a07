import { defineConfig } from 'vitest/config';

/** Real hosts: one fleet for all files, which break it and heal it in turn. */
export default defineConfig({
  test: {
    include: ['test/fleet/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
});
