import { describe, expect, test } from 'vitest';
import { fitDemand } from '../../../forecasts/index.ts';
import type { Observation } from '../../../src/observe/observation.ts';
import { packSeries } from '../../../src/observe/samples/packed-series.ts';
import { createOwnForecaster } from '../../../src/operator/forecasting/create-own-forecaster.ts';
import type { ForecastRequest } from '../../../src/operator/forecasting/forecaster.ts';
import { KeptAccuracy } from '../../../src/operator/memory/kept-accuracy.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const dayMs = 86_400_000;
const stepMs = 300_000;
const history = madeUpDemand({ days: 25 });

/** Five-minute samples of the made-up demand before `until`; `change` is what became of it. */
function valuesOf(start: number, end: number, change: (at: number) => number | null = () => 1): (number | null)[] {
  return Array.from({ length: Math.max(0, Math.round((end - start) / stepMs)) }, (_, i) => {
    const at = start + i * stepMs;
    const value = at < history.start ? null : (history.values[Math.round((at - history.start) / 60_000)] ?? null);
    const factor = change(at);
    return value === null || factor === null ? null : value * factor;
  });
}

function shopAt(now: number, spec: object = {}): Observation {
  const observation = observationOf({
    now: new Date(now).toISOString(),
    targets: { gateway: { spec: { entryPoint: true, demand: { query: 'x', stepSeconds: 300 }, ...spec } } },
  });
  const recent = { start: now - 24 * stepMs, stepSeconds: 300, values: valuesOf(now - 24 * stepMs, now) };
  const demand = { recent, historyKey: 'gateway', ageSeconds: 30, source: 'prometheus' };
  return { ...observation, targets: observation.targets.map(target => ({ ...target, demand })) };
}

async function told(kept: KeptAccuracy, shop: Observation) {
  kept.judge(shop, new Map());
  await kept.idle();
  return kept.judge(shop, new Map());
}

function judge(change?: (at: number) => number | null) {
  const asked: ForecastRequest[] = [];
  const forecaster = createOwnForecaster(fitDemand);
  const read = (_: string, start: number, end: number) => ({
    start,
    stepSeconds: 300,
    values: valuesOf(start, end, change),
  });
  const kept = new KeptAccuracy(
    {
      ...forecaster,
      forecast: request => {
        asked.push(request);
        return forecaster.forecast(request);
      },
    },
    { read, readPacked: (key, start, end) => packSeries(read(key, start, end)) },
  );
  return { asked, kept };
}

const now = monday + 24 * dayMs;

describe('the accuracy of forecasts', () => {
  test('is judged over seven days, each from what was known before it, after all other forecasts', async () => {
    const { asked, kept } = judge();
    const accuracy = (await told(kept, shopAt(now))).get('gateway');
    expect(accuracy).toMatchObject({ days: 7 });
    expect(accuracy?.wapePercent).toBeLessThan(25);
    expect(accuracy?.coveragePercent).toBeGreaterThan(80);
    expect(accuracy?.horizons?.map(({ hours }) => hours)).toEqual([1, 6, 24]);
    expect(asked).toHaveLength(7);
    for (const { neededAt, pieces, read } of asked) {
      expect(neededAt).toBeGreaterThan(now + 300 * dayMs);
      const input = read();
      const end = 'missing' in input ? Number.NaN : input.history.start + input.history.values.length * stepMs;
      expect(pieces.map(({ from }) => from)).toEqual([end]);
    }
  }, 60_000);

  test('is judged once a day', async () => {
    const { asked, kept } = judge();
    const first = await told(kept, shopAt(now));
    expect(await told(kept, shopAt(now + 3_600_000))).toEqual(first);
    expect(asked).toHaveLength(7);
    await told(kept, shopAt(now + dayMs));
    expect(asked.length).toBeLessThanOrEqual(9);
    kept.keepOnly(new Set());
    await told(kept, shopAt(now + dayMs));
    expect(asked.length).toBeGreaterThanOrEqual(14);
  }, 60_000);

  test('is judged anew for a target that was deleted and came back: nothing is kept of one that is gone', async () => {
    const { asked, kept } = judge();
    await told(kept, shopAt(now));
    expect(asked).toHaveLength(7);
    await told(kept, { ...shopAt(now), namespace: 'another', targets: [] });
    await told(kept, shopAt(now));
    expect(asked).toHaveLength(7);
    await told(kept, { ...shopAt(now), targets: [] });
    expect(kept.judge(shopAt(now), new Map()).size).toBe(0);
    await kept.idle();
    expect(asked).toHaveLength(14);
  }, 60_000);

  test('is that of forecasts by the clock of the target, and judged anew by another one', async () => {
    const { asked, kept } = judge();
    const clockOf = (timeZone: string) => ({ timeZone, offsets: [{ from: 0, offsetMs: 7_200_000 }], holidays: [] });
    const shopIn = (timeZone: string) => {
      const shop = shopAt(now);
      return { ...shop, targets: shop.targets.map(target => ({ ...target, clock: clockOf(timeZone) })) };
    };
    const clocks = () =>
      asked.map(({ read }) => {
        const input = read();
        return 'missing' in input ? undefined : input.context.clock?.timeZone;
      });
    await told(kept, shopIn('Africa/Cairo'));
    await told(kept, shopIn('Africa/Cairo'));
    expect(clocks()).toEqual(Array(7).fill('Africa/Cairo'));
    await told(kept, shopIn('Africa/Maputo'));
    expect(clocks().slice(7)).toEqual(Array(7).fill('Africa/Maputo'));
    expect(new Set(asked.map(({ fit }) => fit)).size).toBe(14);
  }, 60_000);

  test('falls in the days in which demand is another', async () => {
    const { kept } = judge(at => (at > now - 2 * dayMs ? 3 : 1));
    const accuracy = (await told(kept, shopAt(now))).get('gateway');
    expect(accuracy?.recentCoveragePercent).toBeLessThan(60);
    expect(accuracy?.biasPercent).toBeLessThan(-20);
  }, 60_000);

  test('is not known of a target without demand, nor of a history of two days', async () => {
    const { kept, asked } = judge(at => (at < now - 2 * dayMs ? null : 1));
    const shop = shopAt(now);
    expect((await told(kept, shop)).size).toBe(0);
    const without = { ...shop, targets: shop.targets.map(target => ({ ...target, demand: { missing: 'down' } })) };
    const before = asked.length;
    expect((await told(kept, without)).size).toBe(0);
    expect(asked).toHaveLength(before);
  }, 60_000);
});

describe('what raising ordinary peaks saves and costs', () => {
  test('is simulated with the days that are judged, and anew by another capacity', async () => {
    const { asked, kept } = judge();
    const peaking = { ordinaryPeaks: true, baseline: { minReplicas: 1, maxReplicas: 200 } };
    const shop = shopAt(now, peaking);
    await told(kept, shop);
    const week = kept.ordinaryWeeks(shop).get('gateway');
    expect(week).toMatchObject({ days: 7, until: expect.stringMatching(/^\d{4}-/) });
    expect(week?.replicaHours).toBeGreaterThan(0);
    expect(week?.secondsShort).toBeLessThanOrEqual(week?.secondsShortAlone ?? 0);
    expect(asked).toHaveLength(7);
    expect(kept.ordinaryWeeks(shopAt(now)).size).toBe(0);
    const other = shopAt(now, { ...peaking, capacityPerReplica: '20' });
    await told(kept, other);
    expect(asked).toHaveLength(14);
    expect(kept.ordinaryWeeks(other).get('gateway')?.replicaHours).not.toBe(week?.replicaHours);
  }, 60_000);

  test('is not simulated where they are not raised', async () => {
    const { kept } = judge();
    const shop = shopAt(now);
    await told(kept, shop);
    expect(kept.ordinaryWeeks(shop).size).toBe(0);
  }, 60_000);
});
