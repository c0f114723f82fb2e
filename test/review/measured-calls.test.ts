import { expect, test } from 'vitest';
import type { Series } from '../../forecasts/index.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { measuredCalls } from '../../src/review/measured-calls.ts';
import { scalingTarget } from '../support/shop/kinds.ts';

const outlook = { start: 120_000, end: 420_000 };
const target = (name: string, spec: Readonly<Record<string, unknown>>) => {
  const object = scalingTarget(spec);
  return { target: parseScalingTarget({ ...object, metadata: { ...object.metadata, name } }) };
};
const calls = (perThousandRequests: number) => ({ calls: [{ target: 'checkout', perThousandRequests }] });
const checkout = target('checkout', {});
const gateway = target('gateway', calls(25));
/** Two minutes before the sale that must not count, and five in it. */
const series = (before: number | null, inside: number | null): Series => ({
  start: 0,
  stepSeconds: 60,
  values: [before, before, inside, inside, inside, inside, inside],
});
const measured = (
  targets: readonly (typeof checkout)[],
  actuals: Readonly<Record<string, Series | undefined>>,
  called = checkout,
) => measuredCalls(called.target, { targets: [called, ...targets], actuals, outlook });

test('the calls of a caller are measured in the sale itself, by the demand at both ends', () => {
  const actuals = { checkout: series(900, 40), gateway: series(1, 1000) };
  expect(measured([gateway], actuals)).toEqual([{ caller: 'gateway', declared: 25, perThousandRequests: 40 }]);
});

test('of two callers each has the same share of what differs', () => {
  const actuals = { checkout: series(0, 80), gateway: series(0, 1000), app: series(0, 500) };
  const found = measured([gateway, target('app', calls(30))], actuals);
  expect(found.map(({ caller, perThousandRequests }) => [caller, perThousandRequests])).toEqual([
    ['gateway', 50],
    ['app', 60],
  ]);
});

test.each<readonly [string, ReturnType<typeof measured>]>([
  ['nothing was measured', measured([gateway], { checkout: series(1, null), gateway: series(1, null) })],
  ['the caller was not measured', measured([gateway], { checkout: series(1, 40) })],
  ['nobody calls it', measured([], { checkout: series(1, 40) })],
  ['no request came', measured([gateway], { checkout: series(0, 0), gateway: series(1, 1000) })],
  [
    'it has visitors of its own',
    measured(
      [gateway],
      { checkout: series(1, 40), gateway: series(1, 1000) },
      target('checkout', { entryPoint: true }),
    ),
  ],
])('nothing is measured where %s', (_, found) => {
  expect(found).toEqual([]);
});
