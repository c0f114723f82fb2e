import { defineConfig } from 'vitest/config';

/**
 * Settings of the suites on a real control plane: sequential, minutes long; the first run builds it in about ten
 * minutes.
 */
export default defineConfig({
  test: {
    include: ['test/cluster/*.test.ts'],
    globalSetup: ['test/cluster/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    maxConcurrency: 2,
    // Limits for hanging tests, not for slow ones: another program may occupy the machine for half a minute.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
