import { expect, test } from 'vitest';
import { type FitDemand, lastValueDemand } from '../../../forecasts/index.ts';
import { packSeries } from '../../../src/observe/samples/packed-series.ts';
import { KeptModels } from '../../../src/operator/forecasting/kept-models.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

const history = packSeries(madeUpDemand({ days: 1 }));
const input = { history, context: { now: monday + 86_400_000, events: [] } };
const pieces = [{ from: monday + 86_400_000, steps: 5, coarseness: 1, events: [] }];

/** The number of fits that a round of one work for each target takes, round by round. */
function fitsByRound(targets: number, kept: number, rounds: number): readonly number[] {
  const models = new KeptModels(lastValueDemand, kept);
  return Array.from({ length: rounds }, () => {
    const names = Array.from({ length: targets }, (_, n) => `service-${n}`);
    return names.filter(target => models.answer({ fit: target, target, input, pieces }).fitted !== undefined).length;
  });
}

test('each target is fitted once while the models have room', () => {
  expect(fitsByRound(8, 8, 3)).toEqual([8, 0, 0]);
});

test('targets that take turns and are more than the models kept do not push all of them out', () => {
  const [first = 0, ...later] = fitsByRound(12, 8, 5);
  expect(first).toBe(12);
  for (const fits of later) expect(fits).toBeLessThanOrEqual(12 - 8 + 1);
});

test('models of fits that count no longer make room for those that do', () => {
  const models = new KeptModels(lastValueDemand, 2);
  for (const fit of ['old a', 'old b']) models.answer({ fit, target: fit, input, pieces });
  for (let n = 0; n < 2000; n++)
    for (const fit of ['new a', 'new b']) models.answer({ fit, target: fit, input, pieces });
  for (const fit of ['new a', 'new b']) expect(models.answer({ fit, target: fit, pieces }).forecasts).toHaveLength(1);
});

test('a model that is dropped is told, so that its inputs are sent again', () => {
  const models = new KeptModels(lastValueDemand, 1);
  models.answer({ fit: 'first', target: 'first', input, pieces });
  expect(models.answer({ fit: 'second', target: 'second', input, pieces }).dropped).toBe('first');
  expect(models.answer({ fit: 'first', target: 'first', pieces })).toEqual({});
});

test('a forecast that is no finite number is missing, and the others of the same work are made', () => {
  const fitOdd: FitDemand = (...given) => {
    const model = lastValueDemand(...given);
    const predict: typeof model.predict = asked => {
      if (asked.steps === 6) throw new RangeError('no such day');
      const made = model.predict(asked);
      const point = made.base.point.map(value => (asked.steps === 7 ? value * Number.POSITIVE_INFINITY : value));
      return { ...made, base: { ...made.base, point } };
    };
    return { ...model, predict };
  };
  const from = monday + 86_400_000;
  const asked = [5, 6, 7, 8].map(steps => ({ from, steps, coarseness: 1, events: [] }));
  const { forecasts } = new KeptModels(fitOdd).answer({ fit: 'odd', target: 'odd', input, pieces: asked });
  expect(forecasts).toMatchObject([
    { base: { start: from } },
    { missing: 'no forecast can be made: no such day' },
    { missing: 'the forecast is no finite number: look at the values and the unit of the query' },
    { base: { start: from } },
  ]);
});
