import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { describeLearned } from '../../../src/learn/words/describe-learned.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T12:00:00Z');

test('lead time and capacity are always told, and what ordinary peaks saved where it is simulated', () => {
  const told = (status: object) =>
    describeLearned(parseScalingTarget({ ...scalingTarget({ ordinaryPeaks: true }), status }), now);
  expect(told({}).map(([what]) => what)).toEqual(['lead time', 'capacity']);
  const ordinaryPeaks = {
    until: '2026-11-27T06:00:00Z',
    days: 7,
    replicaHours: '12',
    secondsShort: '30',
    secondsShortAlone: '900',
  };
  expect(told({ ordinaryPeaks }).at(-1)).toEqual([
    'ordinary peaks',
    expect.stringMatching(/^short for 30 s instead of 15 min in the 7 days .* simulation\.$/),
  ]);
});
