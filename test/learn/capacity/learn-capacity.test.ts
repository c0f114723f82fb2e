import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { learnCapacity } from '../../../src/learn/capacity/learn-capacity.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const start = Date.parse('2026-11-27T10:00:00Z');
const hourMs = 3_600_000;
const target = (capacityHours: readonly object[] = []) =>
  parseScalingTarget({ ...scalingTarget({ workloadRef: { name: 'cart' } }), status: { capacityHours } });
const minutes = (of: (minute: number) => number) => ({
  start,
  stepSeconds: 60,
  values: Array.from({ length: 120 }, (_, minute) => of(minute)),
});
/** From the 30th minute of the first hour on, each of ten replicas gets 35 requests/s, and p95 is 800 ms. */
const input = {
  demand: minutes(minute => (minute < 30 ? 250 : 350)),
  own: { p95: minutes(minute => (minute < 30 ? 200 : 800)), mostMs: 500 },
  callees: [],
  steady: [{ from: start, until: start + 2 * hourMs, ready: 10, revision: '3' }],
  settledUntil: start + hourMs,
  now: start + hourMs + 300_000,
};
const seen = { at: '2026-11-27T10:00:00Z', workload: 'cart', revision: '3', heldAt: 25, brokeAt: 35 };

test('an overload of a settled hour is kept', () => {
  expect(learnCapacity(target(), input)).toEqual([seen]);
});

test('an hour that is not settled says nothing yet', () => {
  expect(learnCapacity(target(), { ...input, settledUntil: start + hourMs - 1 })).toEqual([]);
});

test('an hour with a deploy says nothing', () => {
  const [steady] = input.steady;
  if (steady === undefined) throw new Error('nothing is steady');
  const split = [
    { ...steady, until: start + 1_200_000 },
    { ...steady, from: start + 1_200_000, revision: '4' },
  ];
  expect(learnCapacity(target(), { ...input, steady: split })).toEqual([]);
});

test('what is stored of an hour stays', () => {
  const stored = { ...seen, brokeAt: 31 };
  expect(learnCapacity(target([stored]), input)).toEqual([stored]);
});

test('an hour in which the HPA was above its target is kept as its sign, and one in which it held it is not', () => {
  const saturation = [
    { from: start, until: start + hourMs / 2, isAbove: false },
    { from: start + hourMs / 2, until: start + hourMs, isAbove: true },
  ];
  const [steady] = input.steady;
  if (steady === undefined) throw new Error('nothing is steady');
  const learn = (said: typeof saturation) =>
    learnCapacity(target(), { ...input, own: 'Autoscaler', steady: [{ ...steady, saturation: said }] });
  expect(learn(saturation)).toEqual([{ ...seen, sign: 'Autoscaler' }]);
  expect(learn(saturation.map(one => ({ ...one, isAbove: false })))).toEqual([]);
});
