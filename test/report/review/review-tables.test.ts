import { describe, expect, test } from 'vitest';
import type { SalePlanReview, TargetReview } from '../../../src/api/learned/sale-review.ts';
import { reviewSentences, reviewTables } from '../../../src/report/review/review-tables.ts';

const gateway: TargetReview = {
  target: 'gateway',
  wapePercent: 9.4,
  biasPercent: 3,
  peakErrorPercent: -4,
  medianCoveragePercent: 52,
  coveragePercent: 96,
  secondsToReady: 74,
  secondsLate: 0,
  replicaHours: 60,
  replicaHoursOver: 12.34,
  replicaHoursUnder: 0,
  minutesAtCeiling: 3,
  boundBy: 'Ceiling',
  minutesShort: 0,
  minutesShortWithoutPrescale: 6,
  replicaHoursWithoutPrescale: 44,
  idleCost: 0.49,
  lossShort: 0,
  lossShortWithoutPrescale: 8100,
  learned: ['Ready 1 min 14 s after the raise began; leadTimeSeconds states 1 min 30 s.'],
};
const { idleCost: _, lossShort: __, lossShortWithoutPrescale: ___, ...withoutMoney } = gateway;
const mailer: TargetReview = { ...withoutMoney, target: 'mailer', learned: [] };
const review: SalePlanReview = {
  reviewedAt: '2026-11-27T21:10:00Z',
  targets: [gateway, mailer],
  currency: 'EUR',
  suggestedPeakPercent: 610,
  suggestion: 'You said 8×. State expectedPeakPercent: 610 for the next one like it.',
};

describe('the tables of a review', () => {
  test('have the forecast, the capacity, the HPA alone and the money, with a sum', () => {
    const tables = reviewTables(review);
    expect(tables.map(({ title }) => title)).toEqual([
      'Forecast against actual',
      'Capacity',
      'With the HPA alone, on the same traffic',
      'In money',
    ]);
    expect(tables.map(({ rows }) => rows[0])).toEqual([
      ['gateway', '9 %', '+3 %', '-4 %', '52 %', '96 %'],
      ['gateway', '74 s', '0 s', '0 min', '3 min', 'Ceiling', '12 h', '0 h'],
      ['gateway', '6 min', '44 h', '60 h'],
      ['gateway', '0.49 EUR', '0.00 EUR', '8 100 EUR'],
    ]);
    expect(tables[3]?.rows.slice(1)).toEqual([
      ['mailer', '-', '-', '-'],
      ['all', '0.49 EUR', '0.00 EUR', '8 100 EUR'],
    ]);
    for (const { header, rows } of tables) for (const row of rows) expect(row).toHaveLength(header.length);
  });

  test('have no money where no cost is stated', () => {
    const { currency: _currency, ...rest } = review;
    expect(reviewTables(rest)).toHaveLength(3);
  });

  test('are followed by what to state next time and what was learned', () => {
    expect(reviewSentences(review)).toEqual([
      'Next time: You said 8×. State expectedPeakPercent: 610 for the next one like it.',
      'gateway: Ready 1 min 14 s after the raise began; leadTimeSeconds states 1 min 30 s.',
    ]);
    const { suggestion: _suggestion, ...old } = { ...review, targets: [] };
    expect(reviewSentences(old)).toEqual(['Next time: expectedPeakPercent: 610']);
  });
});
