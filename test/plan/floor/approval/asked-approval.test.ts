import { describe, expect, test } from 'vitest';
import { askedApproval, statedPeak } from '../../../../src/plan/floor/approval/asked-approval.ts';

const both = { abovePeakPercent: 400, aboveExtraReplicas: 10 };

describe('a plan', () => {
  test.each([
    ['within both', both, { peakPercent: 400, extraReplicas: 10 }, { reasons: 0, freeShare: 1, isWide: false }],
    ['with a high peak', both, { peakPercent: 800, extraReplicas: 10 }, { reasons: 1, freeShare: 0.5, isWide: false }],
    ['with many replicas', both, { peakPercent: 400, extraReplicas: 11 }, { reasons: 1, freeShare: 1, isWide: true }],
    ['above both', both, { peakPercent: 1600, extraReplicas: 11 }, { reasons: 2, freeShare: 0.25, isWide: true }],
    [
      'of unknown peak',
      both,
      { peakPercent: undefined, extraReplicas: 11 },
      { reasons: 1, freeShare: 1, isWide: true },
    ],
    [
      'above no replicas at all',
      { aboveExtraReplicas: 0 },
      { peakPercent: 9000, extraReplicas: 1 },
      { reasons: 1, freeShare: 1, isWide: true },
    ],
    [
      'above a peak alone',
      { abovePeakPercent: 100 },
      { peakPercent: 200, extraReplicas: 9000 },
      { reasons: 1, freeShare: 0.5, isWide: false },
    ],
  ])('%s is asked for what is above', (_, policy, plan, { reasons, ...asked }) => {
    const answer = askedApproval(policy, { ...plan, others: [] });
    expect(answer).toMatchObject(asked);
    expect(answer.reasons).toHaveLength(reasons);
  });

  test('says which sales count with it', () => {
    const { reasons } = askedApproval(both, { peakPercent: 700, extraReplicas: 25, others: ['flash', 'gala'] });
    expect(reasons).toEqual([
      'its peak of 700 % together with flash, gala is above abovePeakPercent 400',
      'its 25 extra replicas together with flash, gala are above aboveExtraReplicas 10',
    ]);
  });
});

describe('the stated peak of overlapping sales', () => {
  test.each([
    ['none stated', [{}, { audienceGroup: 'club' }], undefined],
    ['one', [{ expectedPeakPercent: 300 }, {}], 300],
    ['the least peak is larger', [{ expectedPeakPercent: 300, minPeakPercent: 900 }], 900],
    ['what both add', [{ expectedPeakPercent: 300 }, { minPeakPercent: 400 }], 600],
    [
      'the larger of the same visitors',
      [
        { expectedPeakPercent: 300, audienceGroup: 'club' },
        { expectedPeakPercent: 400, audienceGroup: 'club' },
        { expectedPeakPercent: 200 },
      ],
      500,
    ],
  ])('%s', (_, specs, peak) => {
    expect(statedPeak(specs)).toBe(peak);
  });
});
