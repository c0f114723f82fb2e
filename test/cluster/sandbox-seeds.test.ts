import { expect, test } from 'vitest';
import { meetsTheGoal } from '../support/meets-the-goal.ts';
import { runMain } from '../support/run-main.ts';

// Needs no cluster, but minutes, which the short suite does not have. Seed 1 is in test/cli. Each seed runs in
// its own process; maxConcurrency limits how many run at a time.
test.concurrent.each([2, 3, 4, 5])(
  'the sandbox keeps its promise with seed %i',
  async seed => {
    const { code, stdout } = await runMain(['sandbox', '--seed', String(seed), '--json'], 590_000);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.restored).toBe(true);
    expect(meetsTheGoal(report.withHeadstart, report.hpaAlone)).toBe(true);
  },
  600_000,
);
