import { expect, test } from 'vitest';
import { servedSteps } from '../../../src/learn/capacity/served-steps.ts';

const minute = 60_000;
const series = (values: readonly (number | null)[]) => ({ start: 0, stepSeconds: 60, values });
const input = {
  demand: series([100, 200, 300, 400]),
  own: { p95: series([90, 110, 510, 620]), mostMs: 500 },
  callees: [],
  steady: [{ from: 0, until: 4 * minute, ready: 10 }],
  from: 0,
  until: 4 * minute,
};
const held = (rate: number) => ({ rate, held: true });
const broke = (rate: number) => ({ rate, held: false });

test('joins demand, ready replicas and answer times', () => {
  expect(servedSteps(input)).toEqual([held(10), held(20), broke(30), broke(40)]);
});

test.each([
  ['in which replicas changed', { steady: [{ from: 30_000, until: 3 * minute, ready: 10 }] }, [held(20), broke(30)]],
  ['outside the hour', { from: minute, until: 3 * minute }, [held(20), broke(30)]],
  ['without demand', { demand: series([null, 200, 300, 400]) }, [held(20), broke(30), broke(40)]],
  ['without an answer time', { own: { p95: series([90, null]), mostMs: 500 } }, [held(10)]],
  ['without a replica', { steady: [{ from: 0, until: 4 * minute, ready: 0 }] }, []],
  [
    'in which a callee was over its objective, too',
    { callees: [{ p95: series([50, 900, 900, 50]), mostMs: 200 }] },
    [held(10), held(20), broke(40)],
  ],
])('leaves out steps %s', (_, change, expected) => {
  expect(servedSteps({ ...input, ...change })).toEqual(expected);
});

test('takes the word of the HPA where there are no answer times, for steps in which it said one thing until it had read them', () => {
  const saturation = [
    { from: 0, until: 3 * minute, isAbove: false },
    { from: 3 * minute, until: 6 * minute, isAbove: true },
  ];
  const steady = [{ from: 0, until: 4 * minute, ready: 10, saturation }];
  expect(servedSteps({ ...input, own: 'Autoscaler', steady })).toEqual([held(10), broke(40)]);
  expect(servedSteps({ ...input, own: 'Autoscaler' })).toEqual([]);
  const callees = [{ p95: series([50, 50, 50, 900]), mostMs: 200 }];
  expect(servedSteps({ ...input, own: 'Autoscaler', steady, callees })).toEqual([held(10)]);
});
