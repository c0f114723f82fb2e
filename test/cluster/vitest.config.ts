import { defineConfig } from 'vitest/config';

/** The suites on a real control plane: one after the other, minutes long; the first run builds it, which takes about ten. */
export default defineConfig({
  test: {
    include: ['test/cluster/*.test.ts'],
    globalSetup: ['test/cluster/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    maxConcurrency: 2,
    // Bounds on what hangs, not on speed: another program may have the machine to itself for half a minute.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
