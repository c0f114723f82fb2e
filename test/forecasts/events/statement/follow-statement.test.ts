import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandFrom, type Event, levelProfile, totalDemand } from '../../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const fitDemand = demandFrom(levelProfile);
const stepSeconds = 300;
const historyDays = 27;

/** A past sale: how high it went, and what was stated of it. */
interface PastSale {
  readonly peak: number;
  readonly stated?: number | undefined;
}

interface Shop {
  readonly past: readonly PastSale[];
  readonly hour: number;
  readonly minutes: number;
  readonly noise: number;
  readonly leadMinutes: number;
  readonly seed: number;
}

const ratio = fc.integer({ min: 12, max: 120 }).map(tenths => tenths / 10);

/** Shops whose sales are alike but for chance, with and without statements that are right, too high or too low. */
const shops = (least: number): fc.Arbitrary<Shop> =>
  fc
    .record({
      usual: ratio,
      chances: fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: least, maxLength: 6 }),
      bias: fc.double({ min: 0.5, max: 2, noNaN: true }),
      isStated: fc.constantFrom('never', 'always', 'sometimes'),
      hour: fc.integer({ min: 0, max: 20 }),
      minutes: fc.constantFrom(10, 45, 120, 300),
      noise: fc.constantFrom(0.01, 0.05, 0.15),
      leadMinutes: fc.constantFrom(10, 60, 1440),
      seed: fc.integer({ min: 1, max: 1000 }),
    })
    .map(({ usual, chances, bias, isStated, ...shop }) => ({
      ...shop,
      past: chances.map((chance, k) => {
        const peak = Math.max(1.05, usual * Math.exp(chance));
        const hasStatement = isStated === 'always' || (isStated === 'sometimes' && k % 2 === 0);
        return { peak, stated: hasStatement ? Math.max(1, peak * bias) : undefined };
      }),
    }));

const settings = { seed: 20261130, numRuns: 40 };

describe('the forecast peak of a sale', () => {
  test('rises with what is stated', () =>
    fc.assert(
      fc.property(shops(0), shop => {
        const peaks = foretell(shop, [1.2, 2, 3.5, 6, 11]).map(({ p50 }) => p50);
        for (const [i, peak] of peaks.slice(1).entries()) expect(peak).toBeGreaterThanOrEqual((peaks[i] ?? 0) * 0.999);
      }),
      settings,
    ));

  test('lies between what is stated and the forecast without a statement', () =>
    fc.assert(
      fc.property(shops(1), ratio, (shop, stated) => {
        const [without = Number.NaN, told = Number.NaN] = foretell(shop, [undefined, stated]).map(({ p50 }) => p50);
        expect(told).toBeGreaterThanOrEqual(0.99 * Math.min(without, stated));
        expect(told).toBeLessThanOrEqual(1.01 * Math.max(without, stated));
      }),
      settings,
    ));

  test('stays where past sales have it when the statement agrees', () =>
    fc.assert(
      fc.property(shops(1), shop => {
        const [without] = foretell(shop, [undefined]);
        const [told] = foretell(shop, [Math.max(1, without?.p50 ?? Number.NaN)]);
        expect((told?.p50 ?? 0) / (without?.p50 ?? 0)).toBeCloseTo(1, 1);
      }),
      settings,
    ));

  test('is what is stated without a past sale', () =>
    fc.assert(
      fc.property(shops(0), ratio, (shop, stated) => {
        const [told] = foretell({ ...shop, past: [] }, [stated]);
        expect((told?.p50 ?? 0) / stated).toBeCloseTo(1, 1);
      }),
      settings,
    ));

  test.each(['stated', 'not stated'])(
    'moves by less than a tenth, in a narrower band, with a past sale that agrees (%s)',
    how =>
      fc.assert(
        fc.property(shops(0), fc.double({ min: 2, max: 9, noNaN: true }), (drawn, usual) => {
          const shop = {
            ...drawn,
            noise: 0.02,
            minutes: Math.min(120, drawn.minutes),
            past: agreeing(drawn.past, usual, how),
          };
          const [before, after] = [
            shop,
            { ...shop, past: [...shop.past, { peak: usual, ...statedAs(usual, how) }] },
          ].map(one => foretell(one, [usual])[0]);
          expect(Math.abs(Math.log((after?.p50 ?? 0) / (before?.p50 ?? 0)))).toBeLessThan(Math.log(1.1));
          expect((after?.p95 ?? 0) / (after?.p50 ?? 0)).toBeLessThan((before?.p95 ?? 0) / (before?.p50 ?? 0));
        }),
        settings,
      ),
  );
});

describe('the band of a sale', () => {
  const shop = (stated?: number): Shop => ({
    past: [2.8, 3.1, 3, 2.9, 3.2].map(peak => ({ peak, stated: stated && peak * stated })),
    hour: 12,
    minutes: 120,
    noise: 0.05,
    leadMinutes: 60,
    seed: 1,
  });
  const widthOf = (one: Shop, stated: number) => {
    const [{ p50, p95 } = { p50: Number.NaN, p95: Number.NaN }] = foretell(one, [stated]);
    return p95 / p50;
  };

  test('widens where statement and history disagree, most where an untried statement is the higher', () => {
    expect(widthOf(shop(), 1.3)).toBeGreaterThan(1.02 * widthOf(shop(), 3));
    expect(widthOf(shop(), 7)).toBeGreaterThan(1.15 * widthOf(shop(), 3));
    expect(widthOf(shop(1), 7)).toBeLessThan(0.9 * widthOf(shop(), 7));
  });

  test('reaches further with a higher statement, and not as far with a lower one as with none', () => {
    const [none, ...upper] = foretell(shop(), [undefined, 1.3, 2, 3, 5, 8]).map(({ p95 }) => p95);
    expect(upper).toEqual(upper.toSorted((a, b) => a - b));
    expect(upper[0]).toBeLessThan(none ?? 0);
  });
});

/** As many past sales as were drawn, all around the usual peak. */
function agreeing(past: readonly PastSale[], usual: number, how: string): readonly PastSale[] {
  return past.map((_, k) => ({ peak: usual * (1 + 0.1 * ((k % 3) - 1)), ...statedAs(usual, how) }));
}

function statedAs(peak: number, how: string): Pick<PastSale, 'stated'> {
  return how === 'stated' ? { stated: peak } : {};
}

/** Highest P50 and P95 of a sale as multiples of the demand without it, for each statement of its peak. */
function foretell(shop: Shop, statements: readonly (number | undefined)[]) {
  const { past, hour, minutes, noise, leadMinutes, seed } = shop;
  const first = historyDays - 3 * past.length;
  const sale = (id: string, day: number, stated: number | undefined): Event => {
    const start = monday + day * dayMs + hour * hourMs;
    const end = start + minutes * minuteMs;
    return { id, start, end, features: {}, ...(stated === undefined ? {} : { statedPeakRatio: stated }) };
  };
  const sales = past.map(({ peak, stated }, k) => ({ event: sale(`past-${k}`, first + 3 * k, stated), peak }));
  const next = sale('next', historyDays + 1, undefined);
  const now = next.start - leadMinutes * minuteMs;
  const whole = madeUpDemand({ days: historyDays + 2, stepSeconds, noise, seed, sales });
  const history = { ...whole, values: whole.values.slice(0, (now - monday) / (stepSeconds * 1000)) };
  const fitted = fitDemand(history, { now, events: [...sales.map(({ event }) => event), next] });
  return statements.map(stated => {
    const events = [stated === undefined ? next : { ...next, statedPeakRatio: stated }];
    const steps = Math.ceil((minutes * 60) / stepSeconds);
    const demand = fitted.predict({ from: next.start, steps, levels: [0.5, 0.95], events });
    const [p50 = [], p95 = []] = totalDemand(demand).quantiles.map(({ values }) => values);
    const step = p50.indexOf(Math.max(...p50));
    const usual = demand.base.quantiles[0]?.values[step] ?? Number.NaN;
    return { p50: (p50[step] ?? 0) / usual, p95: Math.max(...p95) / usual };
  });
}
