import { expect, test } from 'vitest';
import { keepWithin } from '../../../../src/plan/floor/replicas/keep-within.ts';
import { runRules } from './run-rules.ts';

test.each([
  ['no earlier run', 30, undefined, 30],
  ['more left than wanted', 30, { gateway: 40 }, 30],
  ['less left than wanted', 30, { gateway: 20 }, 20],
  ['less left than the baseline', 30, { gateway: 2 }, 4],
  ['nothing left, because the target was not there', 30, {}, 4],
])('with %s, %i of %o is %i', (_, replicas, left, expected) => {
  const within = left && new Map(Object.entries(left).map(([name, most]) => [name, { replicas: most }]));
  const found = runRules([keepWithin], { gateway: { replicas } }, within === undefined ? {} : { within });
  expect(found.get('gateway')?.replicas).toBe(expected);
});
