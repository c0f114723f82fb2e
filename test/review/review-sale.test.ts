import { describe, expect, test } from 'vitest';
import type { Series } from '../../forecasts/index.ts';
import { formatInstant } from '../../src/api/instant.ts';
import { encodeSalePlanStatus, parseSalePlan, type TimelinePoint } from '../../src/api/sale-plan.ts';
import type { TargetCost } from '../../src/plan/cost/target-costs.ts';
import { reviewSale } from '../../src/review/review-sale.ts';
import { planOf } from '../support/shop/apply-planned.ts';
import type { Given } from '../support/shop/planned-namespace.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
const minuteMs = 60_000;
const [prescaleTime, start, end] = [at('18:58:00'), at('19:00:00'), at('20:00:00')];

/** A sale of an hour at gateway, 10 requests/s per replica, over for a quarter of an hour. */
const given: Given = {
  now: '2026-11-27T20:15:00Z',
  sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T20:00:00Z' }],
  targets: { gateway: { spec: { entryPoint: true, ceiling: 30 } } },
};

/** A minute's series from prescaleTime to the end. */
const series = (value: (minute: number) => number | null): Series => ({
  start: prescaleTime,
  stepSeconds: 60,
  values: Array.from({ length: 62 }, (_, minute) => value(minute - 2)),
});

type PointChange = { readonly [Field in keyof TimelinePoint]?: TimelinePoint[Field] | undefined };

/** One point a minute; `point` tells what is other than 20 ready at a floor of 20; undefined takes a field away. */
const timeline = (point: (minute: number) => PointChange | undefined) => [
  {
    target: 'gateway',
    points: Array.from({ length: 63 }, (_, index) => ({ minute: index - 2, more: point(index - 2) }))
      .filter(({ more }) => more !== undefined)
      .map(({ minute, more }) => {
        const t = formatInstant(start + minute * minuteMs);
        const point = { t, demand: 100, forecast: 100, upper: 130, floor: 20, ready: 20, ...more };
        return Object.fromEntries(Object.entries(point).filter(([, value]) => value !== undefined)) as TimelinePoint;
      }),
  },
];

const price: TargetCost = { currency: 'EUR', tier: 'Critical', replicaHour: 0.04, level: 0.95 };

function review(input: {
  readonly points?: Parameters<typeof timeline>[0];
  readonly actual?: Series;
  readonly base?: Series;
  readonly cost?: Partial<TargetCost>;
  readonly given?: Given;
}) {
  const { observation } = planOf(input.given ?? given);
  const [plan] = observation.salePlans;
  if (plan === undefined) throw new Error('no SalePlan');
  const salePlan = { ...plan, status: { timeline: timeline(input.points ?? (() => ({}))) } };
  const reviewed = reviewSale({
    now: observation.now,
    salePlan,
    outlook: { start, end, prescaleTime, entryPoints: ['gateway'] },
    targets: observation.targets,
    actuals: { gateway: input.actual ?? series(() => 100) },
    ...(input.base === undefined ? {} : { bases: { gateway: input.base } }),
    ...(input.cost === undefined ? {} : { costs: new Map([['gateway', { ...price, ...input.cost }]]) }),
  });
  // What is reviewed can be stored and read back.
  const stored = encodeSalePlanStatus({ review: reviewed });
  parseSalePlan({ ...plan, status: stored });
  const [target] = reviewed.targets;
  if (target === undefined) throw new Error('no review');
  const { suggestedPeakPercent, suggestion, currency } = reviewed;
  return { ...target, suggestedPeakPercent, suggestion, currency };
}

describe('reviewSale', () => {
  test('a forecast that was right and capacity that was enough', () => {
    expect(review({})).toMatchObject({
      target: 'gateway',
      wapePercent: 0,
      biasPercent: 0,
      peakErrorPercent: 0,
      coveragePercent: 100,
      secondsToReady: 0,
      replicaHoursUnder: 0,
      minutesShort: 0,
      minutesAtCeiling: 0,
    });
  });

  test('a forecast that was a fifth too high', () => {
    const judged = review({ points: () => ({ forecast: 120 }) });
    expect(judged.wapePercent).toBeCloseTo(20);
    expect(judged.biasPercent).toBeCloseTo(20);
    expect(judged.peakErrorPercent).toBeCloseTo(20);
  });

  test('coverage counts the points at or below P95', () => {
    const judged = review({ points: minute => ({ demand: minute > 45 ? 140 : 100 }) });
    expect(judged.coveragePercent).toBeCloseTo(75, 0);
  });

  test('nothing measured is nothing judged', () => {
    const judged = review({ points: () => ({ demand: undefined }), actual: series(() => null) });
    expect(judged).not.toHaveProperty('wapePercent');
    expect(judged).toMatchObject({ replicaHoursOver: 0, replicaHoursUnder: 0, minutesShort: 0 });
  });

  test('what was not measured in time is taken from the metric store afterwards', () => {
    expect(review({ points: () => ({ demand: undefined }), actual: series(() => 125) }).wapePercent).toBeCloseTo(20);
  });

  test('seconds to ready end with the first point that has the floor ready', () => {
    expect(review({ points: minute => ({ ready: minute < 1 ? 4 : 20 }) }).secondsToReady).toBe(180);
    expect(review({ points: () => ({ ready: 4 }) })).not.toHaveProperty('secondsToReady');
  });

  test('minutes short and replica hours compare what was ready with what the demand needed', () => {
    const judged = review({ points: minute => ({ ready: minute < 30 ? 10 : 40 }), actual: series(() => 250) });
    expect(judged.minutesShort).toBe(30);
    expect(judged.replicaHoursUnder).toBeCloseTo((15 * 32) / 60);
    expect(judged.replicaHoursOver).toBeCloseTo((15 * 30) / 60);
    expect(judged.minutesAtCeiling).toBe(30);
  });

  test('a gap in the record is no capacity, and none that lacked', () => {
    const judged = review({
      points: minute => (minute > 10 && minute < 40 ? undefined : { ready: 10 }),
      actual: series(() => 250),
    });
    expect(judged.minutesShort).toBeGreaterThanOrEqual(31);
    expect(judged.minutesShort).toBeLessThanOrEqual(33);
  });

  test('an HPA alone would have been short while it ran after a jump, and not without one', () => {
    expect(review({}).minutesShortWithoutPrescale).toBe(0);
    const jump = review({ actual: series(minute => (minute < 5 ? 40 : 180)) });
    expect(jump.minutesShortWithoutPrescale).toBeGreaterThanOrEqual(3);
    expect(jump.minutesShortWithoutPrescale).toBeLessThanOrEqual(6);
  });

  test('an HPA alone is short for good where its own maximum ends', () => {
    expect(review({ actual: series(() => 250) }).minutesShortWithoutPrescale).toBe(62);
  });

  test.each([
    [
      'the highest minute against that minute without the sale',
      series(minute => (minute === 20 ? 240 : 100)),
      series(() => 40),
      600,
    ],
    ['never below 100', series(() => 30), series(() => 40), 100],
    [
      'nothing without a base at the highest minute',
      series(minute => (minute === 20 ? 240 : 100)),
      series(minute => (minute === 20 ? null : 40)),
      undefined,
    ],
    ['nothing without actuals', series(() => null), series(() => 40), undefined],
  ])('suggests %s', (_, actual, base, percent) => {
    expect(review({ actual, base }).suggestedPeakPercent).toBe(percent);
  });
});

test('prices idle replicas and lost orders where a cost is stated', () => {
  const short = { points: (minute: number) => ({ ready: minute < 30 ? 10 : 40 }), actual: series(() => 250) };
  const judged = review({ ...short, cost: { lossPerRequest: 0.5 } });
  expect(judged.currency).toBe('EUR');
  expect(judged.idleCost).toBeCloseTo(((15 * 30) / 60) * 0.04);
  // 150 requests/s found no room for 32 minutes; alone, 20 replicas at most would have served 200 of 250.
  expect(judged.lossShort).toBeCloseTo(150 * 32 * 60 * 0.5);
  expect(judged.lossShortWithoutPrescale).toBeCloseTo(50 * 62 * 60 * 0.5, -3);
  expect(review(short)).toMatchObject({ currency: undefined });
  expect(review(short)).not.toHaveProperty('idleCost');
});

test('says how late the floor was, which limit bound, and the replica-hours with and without it', () => {
  expect(review({ points: minute => ({ ready: minute < 3 ? 4 : 20 }) }).secondsLate).toBe(180);
  expect(review({})).toMatchObject({ secondsLate: 0, replicaHours: expect.closeTo((62 * 20) / 60) });
  expect(review({}).replicaHoursWithoutPrescale).toBeCloseTo((62 * 10) / 60);
  expect(review({})).not.toHaveProperty('boundBy');
  expect(review({ points: () => ({ ready: 40 }) }).boundBy).toBe('Ceiling');
});

test('says what to state next time, and why', () => {
  const actual = series(minute => (minute === 20 ? 240 : 100));
  expect(review({ actual, base: series(() => 40) }).suggestion).toBe(
    'You stated no peak; the highest minute, at 19:20 UTC, was 6× of that minute without the sale. State expectedPeakPercent: 600 for the next one like it.',
  );
});

test('without a known capacity nothing is judged as needed, whatever was ready, and the review says why', () => {
  const spec = { entryPoint: true, ceiling: 30, capacityPerReplica: null };
  const unstated: Given = { ...given, targets: { gateway: { spec } } };
  const points = (minute: number) => (minute < 5 ? { ready: 0 } : {});
  const reviewed = review({ given: unstated, points, actual: series(() => 900), cost: { lossPerRequest: 1 } });
  expect(reviewed).toMatchObject({ replicaHoursOver: 0, replicaHoursUnder: 0, minutesShort: 0, lossShort: 0 });
  expect(reviewed.learned?.join(' ')).toContain('so what was needed is not judged');
});
