import { expect, test } from 'vitest';
import { addHeadroom } from '../../../../src/plan/floor/replicas/add-headroom.ts';
import { divideByCapacity } from '../../../../src/plan/floor/replicas/divide-by-capacity.ts';
import { takeHighest } from '../../../../src/plan/floor/replicas/take-highest.ts';
import { runRules } from './run-rules.ts';

const sizing = [addHeadroom, divideByCapacity, takeHighest];

test.each([
  [0, '45', 0, 0],
  [45, '45', 0, 1],
  [45.1, '45', 0, 2],
  [1000, '45', 15, 26],
  [45, '0.6', 20, 90],
  [0.3, '100m', 0, 3],
])(
  '%d requests/s at %s a replica and %i %% headroom need %i',
  (demand, capacityPerReplica, headroomPercent, replicas) => {
    const found = runRules(sizing, { gateway: { demand, spec: { capacityPerReplica, headroomPercent } } });
    expect(found.get('gateway')).toMatchObject({ replicas, needed: replicas });
  },
);

test('a run for numbers alone gives the same numbers, and explains nothing', () => {
  const given = { gateway: { demand: 1000, spec: { headroomPercent: 15 } } };
  const [told, untold] = [{}, { isUnexplained: true }].map(limits => runRules(sizing, given, limits).get('gateway'));
  expect(untold?.replicas).toBe(told?.replicas);
  expect(told?.decisive?.steps.map(({ rule }) => rule)).toEqual(['headroom', 'replicas']);
  expect(untold?.decisive?.steps).toEqual([]);
});
