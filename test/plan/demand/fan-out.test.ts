import { describe, expect, test } from 'vitest';
import type { DemandForecast, Forecast } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../../src/api/missing.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { fanOut, targetTotalDemand } from '../../../src/plan/demand/fan-out.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

/** P50, P90 and P95 of two steps. */
const flat = (value: number): Forecast => ({
  model: 'made up',
  start,
  stepSeconds: 60,
  point: [value, value],
  quantiles: [0.5, 0.9, 0.95].map((level, index) => ({ level, values: [value * (1 + index), value * (1 + index)] })),
});
const forecast = (base: number, extra: number, pastEvents = 0): DemandForecast => ({
  base: flat(base),
  extras: [{ event: 'drop-20261127-1900', pastEvents, extra: flat(extra) }],
  basis: 'made up',
});
const missing = { missing: 'Prometheus does not answer' };

/** gateway → checkout 0.5 a request → payments 2 a request; what each gets at P50 and P95. */
function demandOf(forecasts: Readonly<Record<string, DemandForecast | Missing>>) {
  const observation = observationOf({
    now: '2026-11-27T12:00:00Z',
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T19:02:00Z' }],
    targets: {
      gateway: { spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 500 }] } },
      checkout: { spec: { calls: [{ target: 'payments', perThousandRequests: 2000 }] } },
      payments: {},
    },
  });
  const { graph, occurrences } = acceptNamespace(observation);
  const demands = fanOut(graph, occurrences, forecasts);
  return Object.fromEntries(
    [...demands].map(([name, demand]) => {
      const total = targetTotalDemand(demand, occurrences);
      return [name, isMissing(total) ? total : [total.rows[0]?.[0], total.rows[2]?.[0]]];
    }),
  );
}

describe('fanOut', () => {
  test('passes the extra on along the calls and adds it to each own base, level by level', () => {
    expect(demandOf({ gateway: forecast(10, 100), checkout: forecast(5, 1), payments: forecast(4, 1) })).toEqual({
      gateway: [110, 330],
      checkout: [55, 165],
      payments: [104, 312],
    });
  });

  test.each([
    ['two past sales: the callers count', 2, 1, [55, 165]],
    ['three past sales, and less than the callers', 3, 1, [55, 165]],
    ['three past sales, and more than the callers', 3, 80, [85, 255]],
  ])('%s', (_, pastEvents, own, checkout) => {
    const forecasts = { gateway: forecast(10, 100), checkout: forecast(5, own, pastEvents), payments: forecast(4, 1) };
    expect(demandOf(forecasts).checkout).toEqual(checkout);
  });

  test('passes the extra on through a service whose own demand is unknown', () => {
    expect(demandOf({ gateway: forecast(10, 100), checkout: missing, payments: forecast(4, 1) })).toEqual({
      gateway: [110, 330],
      checkout: missing,
      payments: [104, 312],
    });
  });

  test('takes the own model where nobody knows what the callers pass on', () => {
    expect(demandOf({ gateway: missing, checkout: forecast(5, 7), payments: forecast(4, 1) })).toEqual({
      gateway: missing,
      checkout: [12, 36],
      payments: [18, 54],
    });
  });

  test('says whose extra is unknown when there is neither', () => {
    const bare = { base: flat(4), extras: [], basis: 'made up' };
    expect(demandOf({ gateway: missing, checkout: missing, payments: bare }).payments).toEqual({
      missing: 'what drop brings is unknown',
    });
  });
});
