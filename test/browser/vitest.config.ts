import { defineConfig } from 'vitest/config';

/** Tests of the page in a real browser: Chromium, as Debian packages it, or the one that CHROMIUM names. */
export default defineConfig({
  test: {
    include: ['test/browser/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
