import { expect, test } from 'vitest';
import { encodeFlashSaleStatus } from '../../src/api/flash-sale.ts';
import { encodeSalePlanStatus, parseSalePlan, type SalePlanStatus } from '../../src/api/sale-plan.ts';
import { encodeScalingTargetStatus } from '../../src/api/scaling-target.ts';
import { salePlan } from '../support/shop/kinds.ts';

const at = '2026-11-27T19:00:00Z';
const status: SalePlanStatus = {
  plan: {
    revision: 1,
    madeAt: at,
    prescaleTime: at,
    endTime: at,
    extraReplicas: 7,
    risks: ['r'.repeat(2000)],
    targets: [
      {
        target: 'checkout',
        steps: [{ from: at, minReplicas: 11, maxReplicas: 20 }],
        peak: { time: at, quantiles: [{ level: 0.95, requestsPerSecond: 812.4567 }] },
        sharePercent: 100,
        because: [{ rule: 'forecast', value: 812.4567, unit: 'requests/s', message: 'P95 of the sale' }],
      },
    ],
  },
  timeline: [{ target: 'checkout', points: [{ t: at, forecast: 1 / 3, floor: 11, ready: 4 }] }],
  review: {
    reviewedAt: at,
    targets: [
      {
        target: 'checkout',
        wapePercent: 12.6,
        replicaHoursOver: 1.23456,
        replicaHoursUnder: 0,
        minutesAtCeiling: 0,
        minutesShortWithoutPrescale: 7.5,
        minutesShort: 0,
      },
    ],
  },
};

test('a SalePlan status is written without floats, and read back as numbers', () => {
  const written = encodeSalePlanStatus(status);
  expect(floatsIn(written)).toEqual([]);

  const read = parseSalePlan({ ...salePlan(), status: JSON.parse(JSON.stringify(written)) }).status;
  expect(read?.plan?.targets[0]?.peak.quantiles).toEqual([{ level: 0.95, requestsPerSecond: 812.5 }]);
  expect(read?.timeline?.[0]?.points[0]).toEqual({ t: at, forecast: 0.3333, floor: 11, ready: 4 });
  expect(read?.review?.targets[0]).toMatchObject({ wapePercent: 13, replicaHoursOver: 1.235 });
  expect(read?.plan?.risks[0]).toHaveLength(1024);
});

test('writing what was read changes nothing, so a converged status is not written again', () => {
  const written = encodeSalePlanStatus(status);
  const read = parseSalePlan({ ...salePlan(), status: written }).status ?? {};
  expect(encodeSalePlanStatus(read)).toEqual(written);
});

test('percentages of the other kinds become whole numbers', () => {
  expect(encodeFlashSaleStatus({ peakPercent: 812.4 })).toEqual({ peakPercent: 812 });
  expect(encodeScalingTargetStatus({ accuracy: { wapePercent: 9.5 } })).toEqual({ accuracy: { wapePercent: 10 } });
});

function floatsIn(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(floatsIn) : [];
}
