import { describe, expect, test } from 'vitest';
import { fitDemand } from '../../../forecasts/index.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { forecastPiece, joinPieces } from '../../../src/plan/demand/forecast-piece.ts';
import { fittedEvents, forecastPieces } from '../../../src/plan/demand/forecast-pieces.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';
import type { GivenSale } from '../../support/shop/given-sales.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const fittedAt = monday + 14 * dayMs;
const iso = (days: number, hours = 0) =>
  new Date(fittedAt + days * dayMs + hours * hourMs).toISOString().replace('.000', '');
const sale = (name: string, from: readonly [number, number?], to: readonly [number, number?]): GivenSale => ({
  name,
  startTime: iso(...from),
  endTime: iso(...to),
  expectedPeakPercent: 300,
});

/** The pieces of each window for one entry point, by sale, as planned `hours` after the fit. */
function piecesOf(sales: readonly GivenSale[], hours: number, spec: Given['targets'][string] = {}) {
  const observation = observationOf({
    now: iso(0, hours),
    sales,
    unplanned: sales.map(({ name }) => name),
    targets: { gateway: { ...spec, spec: { entryPoint: true, ...spec?.spec } } },
  });
  const [target] = observation.targets;
  if (target === undefined) throw new Error('no target');
  const accepted = acceptNamespace(observation);
  const events = saleEventsByTarget(accepted).get('gateway') ?? [];
  const windows = planForecastWindows(observation, accepted);
  const pieces = new Map(
    windows.map(window => [
      window.id.replace(/-\d{8}-\d{4}$/, ''),
      forecastPieces({ window, target, fittedAt, events, observation }),
    ]),
  );
  return (name: string) => pieces.get(name) ?? [];
}

describe('forecastPieces', () => {
  test('are the same at every instant between two fits for a sale that does not begin soon', () => {
    const far = [sale('drop', [3], [3, 4]), sale('season', [10], [101])];
    const [early, late] = [piecesOf(far, 0.5), piecesOf(far, 6)];
    expect(late('drop')).toEqual(early('drop'));
    expect(late('season')).toEqual(early('season'));
    expect(early('drop').map(({ actuals }) => actuals)).toEqual([undefined]);
  });

  test('have actuals from when a sale begins soon, for a day and a half after the fit', () => {
    const running = piecesOf([sale('season', [-1], [91])], 2)('season');
    const corrected = running.filter(({ actuals }) => actuals !== undefined);
    expect(corrected).toHaveLength(1);
    expect((corrected[0]?.steps ?? 0) / 60).toBeGreaterThanOrEqual(36);
    expect((corrected[0]?.steps ?? 0) / 60).toBeLessThan(40);
    expect(piecesOf([sale('drop', [0, 3], [0, 5])], 2)('drop')[0]).toHaveProperty('actuals');
    expect(piecesOf([sale('drop', [0, 9], [0, 11])], 2)('drop')[0]).not.toHaveProperty('actuals');
  });

  test('of a sale of 91 days are a week long at most and have no gap, and its forecast some hundred steps', () => {
    const pieces = piecesOf([sale('season', [-1], [91])], 2)('season');
    expect(Math.max(...pieces.map(({ steps }) => steps))).toBeLessThan(8 * 1440);
    const total = pieces.reduce((sum, { steps }) => sum + steps, 0);
    expect(total).toBe(91 * 1440);
    pieces.slice(1).forEach(({ from }, index) => {
      const before = pieces[index];
      expect(from).toBe((before?.from ?? 0) + (before?.steps ?? 0) * 60_000);
    });
    expect(Math.ceil(total / (pieces[0]?.coarseness ?? 1))).toBeLessThanOrEqual(1440);
    expect(piecesOf([sale('season', [5], [96])], 2)('season')[0]?.coarseness).toBeGreaterThan(500);
  });

  test('of a long sale leave later sales to their own plans', () => {
    const sales = [sale('season', [-1], [91]), sale('soon', [1], [1, 2]), sale('later', [30], [30, 2])];
    const pieces = piecesOf(sales, 2);
    const met = new Set(pieces('season').flatMap(({ events }) => events.map(({ id }) => id.split('-')[0])));
    expect([...met].sort()).toEqual(['season', 'soon']);
    expect(pieces('later')[0]?.events.map(({ id }) => id.split('-')[0])).toEqual(['season', 'later']);
  });

  test('tell the sales since the fit that actuals may show', () => {
    const sales = [sale('past', [0, 2], [0, 3]), sale('drop', [0, 5], [0, 7]), sale('next', [2], [2, 1])];
    const [piece] = piecesOf(sales, 4.5)('drop');
    expect(piece?.actuals?.beside.map(({ id }) => id.split('-')[0])).toEqual(['past']);
  });
});

describe('a forecast in pieces', () => {
  const history = madeUpDemand({ days: 14 });
  const long = { id: 'season', start: fittedAt - hourMs, end: fittedAt + 20 * dayMs, statedPeakRatio: 3, features: {} };
  const model = fitDemand(history, { now: fittedAt, events: fittedEvents([long], fittedAt) });
  const piece = (from: number, days: number, coarseness: number) => ({
    from: fittedAt + from * dayMs,
    steps: days * 1440,
    coarseness,
    events: [long],
  });

  test('is that of the whole, each step at its highest', () => {
    const whole = forecastPiece(model, piece(0, 12, 1));
    const joined = joinPieces([piece(0, 5, 60), piece(5, 7, 60)].map(one => forecastPiece(model, one)));
    expect(joined?.base).toMatchObject({ start: fittedAt, stepSeconds: 3600 });
    expect(joined?.extras).toMatchObject([{ event: 'season' }]);
    const highest = (values: readonly number[] | undefined = []) =>
      Array.from({ length: 12 * 24 }, (_, hour) => Math.max(...values.slice(hour * 60, hour * 60 + 60)));
    for (const [one, other] of [
      [joined?.base, whole.base],
      [joined?.extras[0]?.extra, whole.extras[0]?.extra],
    ]) {
      expect(one?.point).toEqual(highest(other?.point));
      expect(one?.quantiles.map(({ values }) => values)).toEqual(other?.quantiles.map(({ values }) => highest(values)));
    }
  });

  test('of steps that are not put together has every sale on all steps of the base', () => {
    const short = { ...long, id: 'short', start: fittedAt + 6 * dayMs, end: fittedAt + 6.5 * dayMs };
    const joined = joinPieces([
      forecastPiece(model, piece(0, 5, 1)),
      forecastPiece(model, { ...piece(5, 2, 1), events: [long, short] }),
    ]);
    const extra = joined?.extras.find(({ event }) => event === 'short')?.extra;
    expect(extra).toMatchObject({ start: fittedAt });
    expect(extra?.point).toHaveLength(7 * 1440);
    expect(extra?.point.findIndex(value => value > 0)).toBeGreaterThan(5.9 * 1440);
  });
});
