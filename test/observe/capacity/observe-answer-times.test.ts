import { expect, test } from 'vitest';
import { observeAnswerTimes } from '../../../src/observe/capacity/observe-answer-times.ts';

const demand = { source: 'shop', query: 'rate', stepSeconds: 30, historyDays: 28 };
const recent = { start: 0, stepSeconds: 30, values: [120, null] };
const at = { now: 60_000, namespace: 'marketplace' };

test('answer times are read by the query of the objective, from the source and at the steps of the demand', async () => {
  const asked: unknown[] = [];
  const history = {
    observe: async (...question: unknown[]) => {
      asked.push(question);
      return { recent, historyKey: 'p95', ageSeconds: 0, source: 'shop' };
    },
  };
  const objective = { p95Milliseconds: 500, query: 'p95' };
  expect(await observeAnswerTimes({ objective, demand }, history, at)).toEqual({ recent });
  expect(asked).toEqual([[{ source: 'shop', query: 'p95', stepSeconds: 30, historyDays: 1 }, 60_000, 'marketplace']]);
  for (const none of [undefined, { p95Milliseconds: 500 }])
    expect(await observeAnswerTimes({ objective: none, demand }, history, at)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('answer times that cannot be read say why', async () => {
  const history = { observe: async () => ({ missing: 'no sample' }) };
  const objective = { p95Milliseconds: 500, query: 'p95' };
  expect(await observeAnswerTimes({ objective, demand }, history, at)).toEqual({ missing: 'no sample' });
});
