import { expect, test } from 'vitest';
import { describeLeadTime } from '../../../src/learn/lead-time/describe-lead-time.ts';

const scaleUps = (...seconds: readonly (number | undefined)[]) =>
  seconds.map((each, index) => ({
    at: `2026-11-${10 + index}T18:00:00Z`,
    workload: 'cart',
    added: 4 + index,
    neededNodes: each !== undefined && each > 100,
    ...(each === undefined ? {} : { seconds: each }),
  }));

test.each([
  ['nothing was seen', [], '1 min 30 s, as stated: no scale-up was measured yet.'],
  [
    'too few were seen',
    [40, 42],
    '1 min 30 s, as stated: 2 scale-ups by 4 to 5 replicas that took 40 s to 42 s are no reason for less before there are 6.',
  ],
  [
    'enough were quick',
    [40, 42, 41, 43, 40, 44],
    /^\d+ s for 9 replicas \(1 min 30 s stated\): P95 of 6 scale-ups by 4 to 9 replicas that took 40 s to 44 s\.$/,
  ],
  [
    'one was slow',
    [180],
    /^\d+ min \d+ s for 4 replicas \(1 min 30 s stated\): P95 of 1 scale-up by 4 replicas that took 3 min\. A raise by 4 needs new nodes with a probability of \d+ %\.$/,
  ],
  [
    'one was never ready',
    [undefined],
    '1 min 30 s, as stated: no scale-up was measured yet. Not all pods of the scale-up by 4 replicas at 2026-11-10T18:00:00Z were ready within an hour: while it is kept, the stated time is the least.',
  ],
])('the lead time is described when %s', (_, seconds, expected) => {
  const told = describeLeadTime({ scaleUps: scaleUps(...seconds), statedSeconds: 90 });
  if (typeof expected === 'string') expect(told).toBe(expected);
  else expect(told).toMatch(expected);
});
