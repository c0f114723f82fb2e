import { describe, expect, test } from 'vitest';
import type { TargetReview } from '../../../../src/api/learned/sale-review.ts';
import { parseSalePlan } from '../../../../src/api/sale-plan.ts';
import { parseScalingTarget } from '../../../../src/api/scaling-target.ts';
import { forecastDrift } from '../../../../src/plan/conditions/trust/forecast-drift.ts';
import { promotionReady } from '../../../../src/plan/conditions/trust/promotion-ready.ts';
import { salePlan, scalingTarget } from '../../../support/shop/kinds.ts';

const good = { days: 7, wapePercent: 12, coveragePercent: 94, recentCoveragePercent: 95 };

function targetOf(accuracy: object | undefined, mode = 'ForecastOnly') {
  const object = scalingTarget({ mode });
  return parseScalingTarget({
    ...object,
    metadata: { ...object.metadata, name: 'gateway' },
    ...(accuracy === undefined ? {} : { status: { accuracy } }),
  });
}

/** A reviewed sale for each share within P95, oldest first. */
function salesOf(...coverages: readonly (number | undefined)[]) {
  return coverages.map((coveragePercent, index) => {
    const object = salePlan();
    const plan = parseSalePlan({ ...object, metadata: { ...object.metadata, name: `drop-${index + 1}` } });
    const target: TargetReview = {
      target: 'gateway',
      ...(coveragePercent === undefined ? {} : { coveragePercent, peakErrorPercent: -4 }),
      replicaHoursOver: 0,
      replicaHoursUnder: 0,
      minutesAtCeiling: 0,
      minutesShort: 0,
      minutesShortWithoutPrescale: 0,
    };
    return { ...plan, status: { review: { reviewedAt: `2026-11-0${index + 1}T00:00:00Z`, targets: [target] } } };
  });
}

describe('PromotionReady', () => {
  test.each([
    ['a target in mode Apply', targetOf(good, 'Apply'), salesOf(), 'True', 'Promoted'],
    ['no judged days', targetOf(undefined), salesOf(95, 95), 'False', 'NotJudged'],
    ['one sale', targetOf(good), salesOf(95), 'False', 'TooFewSales'],
    ['two sales, one not measured', targetOf(good), salesOf(95, undefined), 'False', 'TooFewSales'],
    ['two good sales', targetOf(good), salesOf(95, 93), 'True', 'Justified'],
    ['two good sales after a bad one', targetOf(good), salesOf(40, 95, 93), 'True', 'Justified'],
    ['a bad newest sale', targetOf(good), salesOf(95, 95, 84), 'False', 'ForecastPoor'],
    ['days out of P95', targetOf({ ...good, coveragePercent: 84 }), salesOf(95, 95), 'False', 'ForecastPoor'],
    ['a poor P50', targetOf({ ...good, wapePercent: 51 }), salesOf(95, 95), 'False', 'ForecastPoor'],
  ] as const)('after %s', (_, target, sales, status, reason) => {
    expect(promotionReady(target, sales)).toMatchObject({ status, reason });
  });

  test('says its figures and the next step', () => {
    expect(promotionReady(targetOf(good), salesOf(95, 93)).message).toBe(
      'drop-2: 93 % within P95, peak -4 %; drop-1: 95 % within P95, peak -4 %; 7 days: P50 off by 12 %, 94 % within P95. kubectl headstart promote gateway sets mode Apply.',
    );
  });
});

describe('ForecastDrift', () => {
  test.each([
    ['nothing is judged', targetOf(undefined), salesOf(40), 'False', 'NotJudged'],
    ['two days hold', targetOf(good), salesOf(40), 'False', 'Calibrated'],
    ['two days do not', targetOf({ ...good, recentCoveragePercent: 84 }), salesOf(), 'True', 'CoverageLow'],
    ['the last two sales do not, together', targetOf(good), salesOf(99, 90, 70), 'True', 'CoverageLow'],
    ['one of two did not', targetOf(good), salesOf(99, 75), 'False', 'Calibrated'],
  ] as const)('when %s', (_, target, sales, status, reason) => {
    expect(forecastDrift(target, sales)).toMatchObject({ status, reason });
  });

  test('names only what is low', () => {
    const { message } = forecastDrift(targetOf({ ...good, recentCoveragePercent: 71 }), salesOf(99, 99));
    expect(message).toContain('P95 held only 71 % of the newest two days; 85 % is the least.');
    expect(message).not.toContain('drop');
  });
});
