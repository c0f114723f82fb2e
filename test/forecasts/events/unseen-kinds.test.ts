import { describe, expect, test } from 'vitest';
import type { Event } from '../../../forecasts/event.ts';
import { traitsOf } from '../../../forecasts/events/event-features.ts';
import { unseenKinds } from '../../../forecasts/events/unseen-kinds.ts';
import { fitDemand } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

const features = { discountPercent: 20, categories: 'shoes,toys' };
const past = [sale(0), sale(1, { features: { discountPercent: 30, categories: 'shoes' } }), sale(2)];

describe('names the properties that no past sale had', () => {
  const rows: readonly (readonly [string, Event, readonly string[]])[] = [
    ['nothing when past sales had them all', sale(8), []],
    ['another kind of day', sale(5), ['on a weekend']],
    ['another time of day', sale(8, { hour: 3 }), ['near 03:00 UTC']],
    ['a longer sale', sale(8, { hours: 4 }), ['as long']],
    ['a shorter sale', sale(8, { hours: 0.5 }), ['as short']],
    ['a much higher stated peak', sale(8, { stated: 12 }), ['with a stated peak as high']],
    ['nothing for a slightly higher stated peak', sale(8, { stated: 7 }), []],
    [
      'a number beyond the range',
      sale(8, { features: { ...features, discountPercent: 70 } }),
      ['with discountPercent 70'],
    ],
    ['nothing for a number slightly beyond it', sale(8, { features: { ...features, discountPercent: 40 } }), []],
    ['one word of several', sale(8, { features: { categories: 'books,shoes' } }), ['with categories books']],
    ['the next word of a count', sale(8, { features: { categories: 'drop 7' } }), ['with categories drop 7']],
    ['nothing for words of different past sales', sale(8, { features: { categories: 'shoes,toys' } }), []],
    ['nothing for a feature that no past sale states', sale(8, { features: { audience: 5000 } }), []],
    ['several properties', sale(6, { hour: 3, hours: 9 }), ['on a weekend', 'near 03:00 UTC', 'as long']],
  ];
  test.each(rows)('%s', (_, asked, expected) => {
    expect(unseenKinds([...past, asked].map(event => traitsOf(event, [])))).toEqual(expected);
  });

  test('nothing for an hour across midnight', () => {
    const across = [sale(0, { hour: 23 }), sale(8, { hour: 1 })];
    expect(unseenKinds(across.map(event => traitsOf(event, [])))).toEqual([]);
  });

  test('more sales at once than before', () => {
    const beside = { ...sale(8), id: 'beside' };
    const known = [...past, beside, sale(8)];
    expect(unseenKinds([...past, sale(8)].map(event => traitsOf(event, known)))).toEqual([
      'with as many sales at once',
    ]);
  });

  test('nothing without past sales: the prior is wide already', () => {
    expect(unseenKinds([traitsOf(sale(5), [])])).toEqual([]);
  });
});

describe('a forecast of a sale with an unseen property', () => {
  const sales = [0, 1, 2, 3, 7, 8].map(day => sale(day));
  const history = madeUpDemand({ days: 14, sales: sales.map(event => ({ event, peak: 4 })) });
  const forecastOf = (asked: Event) => {
    const now = asked.start - hourMs;
    const input = { from: asked.start, steps: 60, levels: [0.5, 0.95], events: [asked] };
    return fitDemand(history, { now, events: [...sales, asked] }).predict(input);
  };
  const widthOf = ({ extras }: ReturnType<typeof forecastOf>) =>
    (extras[0]?.extra.quantiles[1]?.values[20] ?? 0) / (extras[0]?.extra.quantiles[0]?.values[20] ?? 1);
  const seen = forecastOf(sale(10));
  const unseen = forecastOf(sale(10, { features: { ...features, categories: 'books' } }));

  test('has a wider range', () => expect(widthOf(unseen)).toBeGreaterThan(1.05 * widthOf(seen)));

  test('names it in its basis and as data', () => {
    expect(seen.basis).toMatch(/; 6 past sales; stated peak$/);
    expect(unseen.basis).toMatch(/; 6 past sales, none with categories books: wider range; stated peak$/);
    expect(unseen.extras[0]?.unseen).toEqual(['with categories books']);
  });
});

function sale(
  day: number,
  input: { hour?: number; hours?: number; stated?: number; features?: Event['features'] } = {},
): Event {
  const start = monday + day * dayMs + (input.hour ?? 18) * hourMs;
  const end = start + (input.hours ?? 2) * hourMs;
  return { id: `sale-${day}`, start, end, statedPeakRatio: input.stated ?? 5, features: input.features ?? features };
}
