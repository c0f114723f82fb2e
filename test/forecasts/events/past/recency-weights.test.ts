import { expect, test } from 'vitest';
import { recencyWeights } from '../../../../forecasts/events/past/recency-weights.ts';
import { dayMs, hourMs, monday } from '../../../support/demand/made-up-demand.ts';

const saleOn = (day: number) => ({
  id: `day-${day}`,
  start: monday + day * dayMs,
  end: monday + day * dayMs + hourMs,
  features: {},
});

test.each([
  [
    'sales of every day count half after a week',
    [0, 7, 8, 9, 10, 14],
    [0.25, 0.5, 2 ** (-6 / 7), 2 ** (-5 / 7), 2 ** (-4 / 7), 1],
  ],
  [
    'the weights of weekly sales halve after four weeks',
    [0, 7, 14, 21, 28],
    [0.5, 2 ** -0.75, 2 ** -0.5, 2 ** -0.25, 1],
  ],
  ['a single sale has full weight at any age', [0], [1]],
  ['no past sale, no weight', [], []],
])('%s', (_, days, weights) => {
  const pastUplifts = days.map(day => ({ event: saleOn(day), curve: new Float64Array(0) }));
  expect([...recencyWeights(pastUplifts, saleOn(40))]).toEqual(weights.map(weight => expect.closeTo(weight, 12)));
});
