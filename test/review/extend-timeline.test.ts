import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import { extendTimeline, isTimelineDue, type TargetTimeline } from '../../src/review/extend-timeline.ts';
import { largestSalePlan } from '../support/bench/memory/largest-sale-plan.ts';
import { deepFreeze } from '../support/deep-freeze.ts';
import { planOf } from '../support/shop/apply-planned.ts';
import type { Given } from '../support/shop/planned-namespace.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
const sale = {
  name: 'drop',
  startTime: '2026-11-27T19:00:00Z',
  endTime: '2026-11-27T21:00:00Z',
  expectedPeakPercent: 800,
};
const shop: Given = {
  now: '2026-11-27T19:20:00Z',
  sales: [sale],
  targets: {
    gateway: {
      forecast: 30,
      spec: { entryPoint: true },
      hpa: { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 },
      workload: { replicas: 31, readyReplicas: 27 },
    },
  },
};

/** The record after a look at each of these instants. */
function recordOf(
  times: readonly number[],
  given: Given = shop,
  present: readonly TargetTimeline[] = [],
): readonly TargetTimeline[] {
  return times.reduce((timeline, now) => {
    const { observation, plan } = planOf({ ...given, now: formatInstant(now) });
    const [outlook] = plan.sales;
    return outlook === undefined
      ? timeline
      : extendTimeline({ present: deepFreeze(timeline), observation, plan, outlook });
  }, present);
}
const timesOf = (timeline: readonly TargetTimeline[]) =>
  timeline.flatMap(({ points }) => points.map(({ t }) => t.slice(11, 19)));
const minutesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, minute) => first + minute * 60_000);

describe('extendTimeline', () => {
  test('records what was measured, forecast, in force and ready', () => {
    expect(recordOf([at('19:20:00')])).toEqual([
      {
        target: 'gateway',
        points: [
          {
            t: '2026-11-27T19:20:00Z',
            demand: 30,
            forecast: 184.875,
            upper: expect.closeTo(221.85),
            floor: 29,
            ready: 27,
          },
        ],
      },
    ]);
  });

  test('has a point a slot, however often one looks', () => {
    const ticks = Array.from({ length: 17 }, (_, tick) => at('19:20:00') + tick * 15_000);
    expect(timesOf(recordOf(ticks))).toEqual(['19:20:00', '19:22:00', '19:24:00']);
    expect(recordOf([at('19:20:00'), at('19:20:00')])).toEqual(recordOf([at('19:20:00')]));
  });

  test('leaves a gap where nobody looked, and no demand where nothing was measured', () => {
    expect(timesOf(recordOf([at('19:20:00'), at('19:50:00')]))).toEqual(['19:20:00', '19:50:00']);
    const stale = { gateway: { ...shop.targets.gateway, demand: { ageSeconds: 200 } } };
    const point = recordOf([at('19:20:00')], { ...shop, targets: stale })[0]?.points[0];
    expect(point).toMatchObject({ ready: 27 });
    expect(point).not.toHaveProperty('demand');
  });

  test('begins at prescaleTime and ends five minutes after the sale', () => {
    const [{ prescaleTime } = { prescaleTime: 0 }] = planOf(shop).plan.sales;
    expect(timesOf(recordOf([prescaleTime - 1000, prescaleTime, at('21:04:00'), at('21:05:30')]))).toHaveLength(2);
  });

  test.each([
    ['two hours', '2026-11-27T21:00:00Z', 126],
    ['five hours', '2026-11-28T00:00:00Z', 306],
  ])('fits a sale of %s into 120 points', (_, endTime, minutes) => {
    const times = minutesFrom(at('18:59:00'), minutes).filter((__, index) => index % 2 === 0);
    const [timeline] = recordOf(times, { ...shop, sales: [{ ...sale, endTime }] });
    expect(timeline?.points.length).toBeGreaterThanOrEqual(50);
    expect(timeline?.points.length).toBeLessThanOrEqual(120);
  });

  test('thins out a full record when its sale is extended', () => {
    const full = {
      target: 'gateway',
      points: minutesFrom(at('18:59:00'), 120).map(t => ({
        t: formatInstant(t),
        demand: 1,
        forecast: 1,
        floor: 29,
        ready: 29,
      })),
    };
    const extended = { ...shop, sales: [{ ...sale, endTime: '2026-11-28T03:00:00Z' }] };
    const [timeline] = recordOf([at('21:00:00')], extended, [full]);
    expect(timeline?.points.length).toBeLessThan(40);
    expect(timeline?.points[0]?.t).toBe('2026-11-27T18:59:00Z');
    expect(timeline?.points.at(-1)?.t).toBe('2026-11-27T21:00:00Z');
  });
});

test.each([
  ['nothing new', [at('19:20:00')], [at('19:20:00')], false],
  ['the first point', [], [at('19:20:00')], true],
  ['four minutes later', [at('19:20:00')], [at('19:20:00'), at('19:24:00')], false],
  ['five minutes later', [at('19:20:00')], [at('19:20:00'), at('19:26:00')], true],
  ['over', [at('20:58:00')], [at('20:58:00'), at('21:00:00')], true],
])('isTimelineDue: %s', (_, stored, extended, isDue) => {
  const [outlook] = planOf(shop).plan.sales;
  if (outlook === undefined) throw new Error('no sale');
  expect(isTimelineDue(recordOf(stored), recordOf(extended), outlook)).toBe(isDue);
});

test('the record of a hundred targets is coarser, so that a SalePlan stays below 500 kB', () => {
  const status = largestSalePlan(100);
  expect((status.timeline as unknown[]).length).toBe(100);
  expect(JSON.stringify(status).length).toBeLessThan(500_000);
  expect(JSON.stringify(status).length).toBeGreaterThan(200_000);
});
