import { describe, expect, test } from 'vitest';
import { type DemandOptions, fitDemand } from '../../../forecasts/index.ts';
import { isMissing } from '../../../src/api/missing.ts';
import type { Observation } from '../../../src/observe/observation.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { forecastOrdinary } from '../../../src/plan/demand/forecast-ordinary.ts';
import { forecastTargets } from '../../../src/plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
const drop = {
  name: 'drop',
  startTime: '2026-11-27T19:00:00Z',
  endTime: '2026-11-27T21:00:00Z',
  expectedPeakPercent: 800,
};
const shop: Given = {
  now: '2026-11-27T12:00:00Z',
  sales: [
    { ...drop, discountPercent: 40, audience: 1000, saleType: 'drop', categories: ['shoes', 'bags'], stock: 5 },
    { name: 'drop-2025', startTime: '2025-11-28T19:00:00Z', endTime: '2025-11-28T21:00:00Z' },
    { name: 'backwards', startTime: '2026-11-27T21:00:00Z', endTime: '2026-11-27T19:00:00Z' },
  ],
  targets: {
    gateway: {
      spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 500 }] },
      leadTimeSeconds: 120,
    },
    checkout: {},
    'back-office': { spec: { ordinaryPeaks: true }, leadTimeSeconds: 45 },
  },
};

const saleEvents = (observation: Observation, target: string) =>
  saleEventsByTarget(acceptNamespace(observation)).get(target) ?? [];
const windowsOf = (observation: Observation) => planForecastWindows(observation, acceptNamespace(observation));

describe('saleEventsByTarget', () => {
  test('are the sales that reach a target, past ones too, by the name of their SalePlan, with what is known of them', () => {
    expect(saleEvents(observationOf(shop), 'checkout')).toEqual([
      {
        id: 'drop-2025-20251128-1900',
        start: Date.parse('2025-11-28T19:00:00Z'),
        end: Date.parse('2025-11-28T21:00:00Z'),
        features: {},
      },
      {
        id: 'drop-20261127-1900',
        start: at('19:00:00'),
        end: at('21:00:00'),
        statedPeakRatio: 8,
        features: { discountPercent: 40, audience: 1000, saleType: 'drop', categories: 'bags,shoes', stock: 5 },
      },
    ]);
    expect(saleEvents(observationOf(shop), 'back-office')).toEqual([]);
    expect(saleEvents(observationOf(shop), 'nobody')).toEqual([]);
  });

  test.each<[string, Partial<Given>, readonly string[]]>([
    [
      'a deleted sale, as far as it was seen to run',
      {
        sales: [],
        salePlans: [{ sale: drop, targets: { gateway: [] }, seen: ['2026-11-27T18:59:00Z', '2026-11-27T20:10:00Z'] }],
      },
      ['19:00 to 20:10'],
    ],
    [
      'no sale that was deleted before it began',
      { sales: [], salePlans: [{ sale: drop, targets: { gateway: [] }, seen: ['2026-11-27T18:59:00Z'] }] },
      [],
    ],
    ['no sale that was cancelled before it began', { sales: [{ ...drop, cancelled: true }] }, []],
    [
      'one event of a sale and its SalePlan',
      { sales: [drop], salePlans: [{ sale: drop, seen: ['2026-11-27T20:10:00Z'] }] },
      ['19:00 to 21:00'],
    ],
    [
      'a sale that was moved, and what was seen of it before',
      {
        sales: [{ ...drop, startTime: '2026-11-27T20:30:00Z' }],
        salePlans: [{ sale: drop, targets: { gateway: [] }, seen: ['2026-11-27T19:20:00Z'] }],
      },
      ['19:00 to 19:20', '20:30 to 21:00'],
    ],
  ])('are %s', (_, given, windows) => {
    const observation = observationOf({ ...shop, ...given, now: '2026-11-27T22:00:00Z' });
    const events = saleEvents(observation, 'gateway').filter(({ start }) => start > at('00:00:00'));
    const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
    expect(events.map(({ start, end }) => `${time(start)} to ${time(end)}`)).toEqual(windows);
  });
});

describe('planForecastWindows', () => {
  test('are the time ahead, as long as the longest lead time of ordinary peaks and a tick, and each sale not over', () => {
    expect(windowsOf(observationOf(shop))).toEqual([
      {
        id: 'ahead',
        start: at('12:00:00'),
        end: at('12:01:00'),
        targets: ['back-office'],
        sales: new Set(),
        isCurrent: true,
      },
      {
        id: 'drop-20261127-1900',
        start: at('19:00:00'),
        end: at('21:00:00'),
        targets: ['checkout', 'gateway'],
        sales: new Set(['drop-20261127-1900']),
        isCurrent: false,
      },
    ]);
  });

  test('a running sale is asked for from its start, one that is over not at all', () => {
    const idsAt = (now: string) => windowsOf(observationOf({ ...shop, now })).map(({ id, start }) => [id, start]);
    expect(idsAt('2026-11-27T20:59:59Z')).toContainEqual(['drop-20261127-1900', at('19:00:00')]);
    expect(idsAt('2026-11-27T21:00:00Z').map(([id]) => id)).toEqual(['ahead']);
  });
});

describe('forecastTargets', () => {
  /** A model that only tells what it was asked. */
  function askedOf(given: Given, fittedAt: number) {
    const asks: DemandOptions[] = [];
    const predict = (options: DemandOptions) => {
      asks.push(options);
      const empty = { model: 'made up', start: options.from, stepSeconds: 60, point: [], quantiles: [] };
      return { base: empty, extras: [], basis: 'made up' };
    };
    const observation = observationOf(given);
    const windows = windowsOf(observation).filter(({ id }) => id !== 'ahead');
    const events = saleEventsByTarget(acceptNamespace(observation));
    const forecasts = forecastTargets({ observation, windows, events, fitted: { gateway: { fittedAt, predict } } });
    return { asks, forecasts };
  }

  test('asks for the whole sale before it, with the actuals for the live correction', () => {
    const { asks, forecasts } = askedOf({ ...shop, now: '2026-11-27T18:30:00Z' }, at('18:00:00'));
    expect(asks).toMatchObject([
      { from: at('19:00:00'), steps: 120, levels: [0.5, 0.9, 0.95], events: [{ id: 'drop-20261127-1900' }] },
    ]);
    expect(asks[0]?.recent?.values).toHaveLength(10);
    expect(forecasts['drop-20261127-1900']?.checkout).toEqual({ missing: 'no model was fitted' });
  });

  test('asks for a sale further ahead as fitted, so that its forecast changes with the fit alone', () => {
    const { asks } = askedOf(shop, at('12:00:00'));
    expect(asks).toMatchObject([{ from: at('19:00:00'), steps: 120, events: [{ id: 'drop-20261127-1900' }] }]);
    expect(asks[0]).not.toHaveProperty('recent');
  });

  test('begins where the newest data end, and leaves out stale actuals', () => {
    const stale = {
      ...shop,
      now: '2026-11-27T19:40:00Z',
      targets: { gateway: { ...shop.targets.gateway, demand: { ageSeconds: 301 } } },
    };
    const { asks } = askedOf(stale, at('19:30:00'));
    expect(asks).toMatchObject([{ from: at('19:30:00'), steps: 90 }]);
    expect(asks[0]).not.toHaveProperty('recent');
  });

  test('gives the real model what it needs', () => {
    const history = madeUpDemand({ days: 14 });
    const now = new Date(monday + 14 * 86_400_000).toISOString().replace('.000', '');
    const later = (hours: number) =>
      new Date(monday + 14 * 86_400_000 + hours * 3_600_000).toISOString().replace('.000', '');
    const observation = observationOf({
      now,
      sales: [{ ...drop, startTime: later(8), endTime: later(10) }],
      targets: { gateway: { spec: { entryPoint: true } } },
    });
    const windows = windowsOf(observation);
    const [window] = windows;
    const events = saleEventsByTarget(acceptNamespace(observation));
    const gateway = fitDemand(history, { now: observation.now, events: events.get('gateway') ?? [] });
    const forecasts = forecastTargets({ observation, windows, events, fitted: { gateway } });
    const forecast = forecasts[window?.id ?? '']?.gateway;
    if (forecast === undefined || isMissing(forecast)) throw new Error('no forecast');
    expect(forecast.base).toMatchObject({ start: window?.start, stepSeconds: 60 });
    expect(forecast.base.point).toHaveLength(120);
    expect(forecast.extras).toMatchObject([{ event: window?.id, pastEvents: 0 }]);
    const ordinary = forecastOrdinary(gateway, {
      start: observation.now - 3_600_000,
      end: observation.now + 3_600_000,
      stepSeconds: 60,
    });
    expect(ordinary).toMatchObject({ start: observation.now, stepSeconds: 60 });
    expect(ordinary?.values).toHaveLength(60);
  });
});
