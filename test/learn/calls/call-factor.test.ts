import { expect, test } from 'vitest';
import type { Series } from '../../../forecasts/index.ts';
import { callFactor } from '../../../src/learn/calls/call-factor.ts';

const series = (values: Series['values'], start = 0, stepSeconds = 60): Series => ({ start, stepSeconds, values });
const span = { from: 0, until: 240_000 };
const caller = (demand: Series, perRequest = 0.5) => ({ demand, perRequest });
const steady = series([100, 100, 100, 100]);

test.each<readonly [string, Series, readonly ReturnType<typeof caller>[], number | undefined]>([
  ['one caller', series([75, 75, 75, 75]), [caller(steady)], 1.5],
  ['two callers, together', series([75, 75, 75, 75]), [caller(steady), caller(steady, 0.25)], 1],
  ['a wild minute, which does not count', series([75, 75, 1e15, 75]), [caller(steady)], 1.5],
  ['a gap of half the time', series([null, 75, 75, null]), [caller(steady)], 1.5],
  ['a longer gap', series([null, 75, null, null]), [caller(steady)], undefined],
  ['a caller that is not known', series([75, 75, 75, 75]), [caller(steady), caller(series([]))], undefined],
  ['callers without a request', series([75, 75, 75, 75]), [caller(series([0, 0, 0, 0]))], undefined],
  ['no caller', series([75, 75, 75, 75]), [], undefined],
  ['steps of another length', series([75, 75, 75, 75]), [caller(series([100, 100], 0, 120))], undefined],
  ['steps that do not meet', series([75, 75, 75, 75]), [caller(series([100, 100, 100, 100], 30_000))], undefined],
  [
    'a caller that is known from earlier on',
    series([75, 75, 75, 75]),
    [caller(series([1, 1, 100, 100, 100, 100], -120_000))],
    1.5,
  ],
])('the factor of %s', (_, called, callers, factor) => {
  expect(callFactor(called, callers, span)).toBe(factor);
});
