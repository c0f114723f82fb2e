import { expect, test } from 'vitest';
import { holdLive } from '../../../../src/plan/floor/replicas/hold-live.ts';
import { explainSteps } from '../../../../src/plan/floor/replicas/replica-rule.ts';
import { runRules } from './run-rules.ts';

test.each([
  ['nothing has to hold', 12, undefined, 12, []],
  ['more is wanted than has to hold', 12, 10, 12, []],
  ['as much is wanted', 12, 12, 12, []],
  ['less is wanted', 12, 20, 20, ['20 hold, 12 wanted']],
])('when %s, %i with a hold of %s is %i', (_, replicas, hold, held, told) => {
  const found = runRules([holdLive], { gateway: { replicas, ...(hold === undefined ? {} : { hold }) } }).get('gateway');
  expect(found).toMatchObject({ replicas: held, needed: held });
  expect(explainSteps(found?.steps ?? []).map(({ message }) => message)).toEqual(told);
});
