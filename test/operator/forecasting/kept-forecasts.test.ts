import { describe, expect, test } from 'vitest';
import { fitDemand } from '../../../forecasts/index.ts';
import type { Observation } from '../../../src/observe/observation.ts';
import { packSeries } from '../../../src/observe/samples/packed-series.ts';
import { createOwnForecaster } from '../../../src/operator/forecasting/create-own-forecaster.ts';
import type { Forecaster, ForecastRequest } from '../../../src/operator/forecasting/forecaster.ts';
import { KeptForecasts } from '../../../src/operator/forecasting/kept-forecasts.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const boundary = monday + 14 * 24 * hourMs;
const history = madeUpDemand({ days: 15 });
const iso = (epochMs: number) => new Date(epochMs).toISOString().replace('.000', '');
const sample = (epochMs: number) => history.values[Math.round((epochMs - history.start) / minuteMs)] ?? null;

/** A shop `minutes` after the boundary, with a sale that runs, and one some hours later. */
function shopAt(minutes: number, later: { readonly stated?: number } = {}): Observation {
  const now = boundary + minutes * minuteMs;
  const sale = (name: string, start: number, stated: number) => ({
    name,
    startTime: iso(boundary + start * hourMs),
    endTime: iso(boundary + (start + 2) * hourMs),
    expectedPeakPercent: stated,
  });
  const observation = observationOf({
    now: iso(now),
    sales: [sale('running', 0.5, 300), sale('later', 5, later.stated ?? 400)],
    targets: { gateway: { spec: { entryPoint: true } } },
  });
  const end = Math.floor(now / minuteMs) * minuteMs;
  const values = Array.from({ length: 120 }, (_, i) => sample(end - (120 - i) * minuteMs));
  const recent = { start: end - 120 * minuteMs, stepSeconds: 60, values };
  const demand = { recent, historyKey: 'gateway', ageSeconds: 30, source: 'prometheus', settledUntil: end };
  return { ...observation, targets: observation.targets.map(target => ({ ...target, demand })) };
}

function inputOf(observation: Observation) {
  const accepted = acceptNamespace(observation);
  return {
    observation,
    windows: planForecastWindows(observation, accepted),
    events: saleEventsByTarget(accepted),
  };
}

const readPacked = (_: string, start: number, end: number) =>
  packSeries({
    start,
    stepSeconds: 60,
    values: Array.from({ length: (end - start) / minuteMs }, (_unused, i) => sample(start + i * minuteMs)),
  });

/** Forecasts kept by a process, and what it asked the forecaster for. */
function keeper(forecaster: Forecaster = createOwnForecaster(fitDemand)) {
  const asked: ForecastRequest[] = [];
  const arrivals: string[] = [];
  const kept = new KeptForecasts({
    forecaster: {
      ...forecaster,
      forecast: request => {
        asked.push(request);
        return forecaster.forecast(request);
      },
    },
    history: { readPacked },
    onArrival: namespace => arrivals.push(namespace),
  });
  return { asked, arrivals, keep: (observation: Observation) => kept.keep(inputOf(observation)), kept };
}

/** Sales in what was asked for since the last call. */
const sales = (asked: ForecastRequest[]) =>
  asked
    .splice(0)
    .flatMap(({ pieces }) => pieces.flatMap(({ events }) => events.map(({ id }) => id.split('-')[0])))
    .sort();

describe('kept forecasts', () => {
  test('are made when their inputs change, and only then', async () => {
    const { asked, keep } = keeper();
    await keep(shopAt(40));
    expect(sales(asked)).toEqual(['later', 'running']);
    await keep(shopAt(40.5));
    expect(sales(asked)).toEqual([]);
    await keep(shopAt(41));
    expect(sales(asked)).toEqual(['running']);
    await keep(shopAt(41, { stated: 900 }));
    expect(sales(asked)).toEqual(['later']);
    await keep(shopAt(8 * 60));
    expect(sales(asked)).toEqual([]);
  });

  test('of thousands of windows hold the thread for one window at a time', async () => {
    const { kept } = keeper({
      patienceMs: Number.POSITIVE_INFINITY,
      forecast: async ({ pieces }) => pieces.map(() => ({ missing: 'made up' })),
      stop: async () => {},
    });
    const input = inputOf(shopAt(40));
    await kept.keep(input);
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    });
    const held = () => {
      const until = performance.now() + 15;
      while (performance.now() < until);
    };
    const [first] = input.windows;
    if (first === undefined) throw new Error('no window');
    const windows = Array.from({ length: 8 }, (_, index) => ({
      ...first,
      get id() {
        held();
        return `window ${index}`;
      },
      get targets() {
        held();
        return first.targets;
      },
    }));
    const made = await kept.once({ ...input, windows });
    clearInterval(count);
    expect(Object.keys(made)).toHaveLength(8);
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  test('are the same whatever a process has kept before', async () => {
    const old = keeper();
    for (const minutes of [20, 40, 41, 100, 250, 290]) {
      const [kept, fresh] = [await old.keep(shopAt(minutes)), await keeper().keep(shopAt(minutes))];
      expect(JSON.stringify(kept)).toBe(JSON.stringify(fresh));
    }
  });

  test('that do not arrive in time are missing, then as they last were, and arrive later', async () => {
    const own = createOwnForecaster(fitDemand);
    let gate = Promise.resolve();
    const { arrivals, keep, kept } = keeper({
      ...own,
      patienceMs: 20,
      forecast: async request => {
        await gate;
        return own.forecast(request);
      },
    });
    const shut = Promise.withResolvers<void>();
    gate = shut.promise;
    const early = await keep(shopAt(40));
    expect(Object.values(early).map(({ gateway }) => gateway)).toEqual([
      { missing: 'its forecast is still being made', isPending: true },
      { missing: 'its forecast is still being made', isPending: true },
    ]);
    shut.resolve();
    await kept.idle();
    expect(arrivals).toHaveLength(1);
    const whole = await keep(shopAt(40));
    expect(JSON.stringify(whole)).toBe(JSON.stringify(await keeper().keep(shopAt(40))));
    gate = new Promise(() => {});
    expect(JSON.stringify(await keep(shopAt(41)))).toBe(JSON.stringify(whole));
    const late = await keep(shopAt(47));
    expect(Object.entries(late).flatMap(([id, { gateway }]) => (gateway && 'missing' in gateway ? [id] : []))).toEqual([
      expect.stringContaining('running'),
    ]);
  });

  test('that failed are tried again after a minute', async () => {
    const { asked, keep } = keeper({
      patienceMs: Number.POSITIVE_INFINITY,
      stop: async () => {},
      forecast: async () => ({ missing: 'the thread ended' }),
    });
    await keep(shopAt(40));
    sales(asked);
    await keep(shopAt(40.9));
    expect(sales(asked)).toEqual([]);
    await keep(shopAt(41.1));
    expect(sales(asked)).toEqual(['later', 'running']);
  });
});
