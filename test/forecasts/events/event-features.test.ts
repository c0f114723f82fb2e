import { describe, expect, test } from 'vitest';
import type { Event } from '../../../forecasts/event.ts';
import {
  asNamedBy,
  featureColumns,
  featureUses,
  hoursApart,
  likeness,
  traitsOf,
} from '../../../forecasts/events/event-features.ts';
import { wordsOf } from '../../../forecasts/events/feature-distance.ts';
import { dayMs, hourMs, monday } from '../../support/demand/made-up-demand.ts';

describe('the traits of an event', () => {
  const asked = sale('asked', 4, { hour: 18 });
  test.each([
    ['Friday is a working day', asked, [], { weekend: false, hour: 18, follows: false, concurrent: 0 }],
    ['Saturday is a weekend day', sale('asked', 5), [], { weekend: true }],
    [
      'an event after one seven hours before follows',
      asked,
      [sale('a', 4, { hour: 11 })],
      { follows: true, concurrent: 0 },
    ],
    ['an event after one nine hours before does not', asked, [sale('a', 4, { hour: 9 })], { follows: false }],
    [
      'an event that is still running is concurrent',
      asked,
      [sale('a', 4, { hour: 17 })],
      { follows: true, concurrent: 1 },
    ],
    ['an event that starts later is not', asked, [sale('a', 4, { hour: 19 })], { follows: false, concurrent: 0 }],
    ['an event is not concurrent with itself', asked, [asked], { follows: false, concurrent: 0 }],
    ['an earlier run with the same id is another event', asked, [sale('asked', 4, { hour: 17 })], { concurrent: 1 }],
  ])('%s', (_, event, known, traits) => expect(traitsOf(event, known)).toMatchObject(traits));
});

describe('the regressors', () => {
  /** The columns of past events, by name. */
  const columns = (past: readonly Event[], asked = past[0] as Event) => {
    const [traits, own] = [past.map(event => traitsOf(event, [])), traitsOf(asked, [])];
    const found = featureColumns(traits, featureUses(traits, own));
    return Object.fromEntries(found.map(column => [column.name, [...column.values, column.own(own)]]));
  };

  test('leave out constant columns, and are centred on the past events', () => {
    const found = columns([sale('a', 0), sale('b', 1, { hour: 14 })], sale('c', 2));
    expect(found).toEqual({ hour: [0.5, -0.5, 0.5] });
  });

  test('have one column per word', () => {
    const found = columns(
      [sale('a', 0, { features: { categories: 'shoes,toys' } }), sale('b', 1, { features: { categories: 'toys' } })],
      sale('c', 2, { features: { categories: 'shoes' } }),
    );
    expect(found).toEqual({ 'categories=shoes': [0.5, -0.5, 0.5] });
  });

  test('use the logarithm of numbers with a wide range', () => {
    const found = columns([1000, 10_000, 100_000].map((audience, i) => sale(`s${i}`, i, { features: { audience } })));
    const [low = 0, middle = 0, high = 0] = found['audience'] ?? [];
    expect(middle - low).toBeCloseTo(high - middle);
  });

  test('use the mean for a missing number', () => {
    const found = columns([
      sale('a', 0, { features: { discount: 10 } }),
      sale('b', 1, { features: {} }),
      sale('c', 2, { features: { discount: 30 } }),
    ]);
    const [low = 0, unknown = 0, high = 0] = found['discount'] ?? [];
    expect(unknown).toBeCloseTo((low + high) / 2);
  });

  test('count a number less, the further it lies from all past ones', () => {
    const past = [10, 20, 30].map((discount, i) => sale(`s${i}`, i, { features: { discount } }));
    const own = (discount: number) =>
      columns(past, sale('asked', 4, { features: { discount } }))['discount']?.at(-1) ?? Number.NaN;
    expect(own(30)).toBeCloseTo(1.02, 2);
    expect(own(40)).toBeGreaterThan(own(30));
    expect(own(9000)).toBeLessThan(own(40));
  });
});

describe('likeness', () => {
  const alike = (a: Event, b: Event) => likeness(traitsOf(a, []), traitsOf(b, []));

  test('is a number whatever number a feature has', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -5]) {
      const found = alike(
        sale('a', 0, { features: { discount: value } }),
        sale('b', 1, { features: { discount: 20 } }),
      );
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
    }
  });
  const asked = sale('asked', 4, { features: { discount: 30, categories: 'shoes,toys' } });

  test('of a past event that is named is one, on another day, at another hour and with other words', () => {
    const past = sale('named', 5, { hour: 8, features: { discount: 30, categories: 'books' } });
    const asking = { ...asked, similarTo: ['named'] };
    expect(alike(asking, asNamedBy(asking, past))).toBe(1);
    expect(alike(asked, asNamedBy(asked, past))).toBeLessThan(0.1);
  });

  test('is one for equal properties', () => expect(alike(asked, { ...asked, id: 'other' })).toBe(1));

  test.each([
    ['another kind of day', sale('b', 5, { features: asked.features })],
    ['another hour', sale('b', 4, { hour: 12, features: asked.features })],
    ['another duration', sale('b', 4, { hours: 6, features: asked.features })],
    ['another number', sale('b', 4, { features: { ...asked.features, discount: 60 } })],
    ['other words', sale('b', 4, { features: { ...asked.features, categories: 'books' } })],
    ['a feature less', sale('b', 4, { features: { discount: 30 } })],
  ])('is less for %s', (_, other) => {
    expect(alike(asked, other)).toBeLessThan(0.85);
    expect(alike(asked, other)).toBeGreaterThan(0);
  });

  test('is higher with some common words than with none', () => {
    const some = sale('b', 4, { features: { ...asked.features, categories: 'shoes' } });
    const none = sale('b', 4, { features: { ...asked.features, categories: 'books' } });
    expect(alike(asked, some)).toBeGreaterThan(alike(asked, none));
  });
});

test('hours are counted around midnight', () => expect([hoursApart(23, 1), hoursApart(6, 18)]).toEqual([2, 12]));

test('words lie between commas', () =>
  expect([wordsOf('a,b'), wordsOf(3), wordsOf(undefined)]).toEqual([['a', 'b'], ['3'], []]));

function sale(
  id: string,
  day: number,
  { hour = 18, hours = 2, features = {} }: { hour?: number; hours?: number; features?: Event['features'] } = {},
): Event {
  const start = monday + day * dayMs + hour * hourMs;
  return { id, start, end: start + hours * hourMs, features };
}
