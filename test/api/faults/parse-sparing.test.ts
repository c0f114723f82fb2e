import { expect, test } from 'vitest';
import { parseSparing } from '../../../src/api/faults/parse-sparing.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const needed = new Set(['mode']);
const read = (spec: object) => {
  const { value, left } = parseSparing(scalingTarget({ ...spec }), parseScalingTarget, needed);
  return { spec: value.spec, left: left.map(({ field }) => field) };
};
const whole = read({}).spec;
const query = 'sum(rate(http_requests_total{service="checkout"}[1m]))';

test.each<[string, object, readonly string[], object]>([
  ['nothing of a valid object', {}, [], {}],
  ['a field that this version does not know', { budget: 7 }, ['spec.budget'], {}],
  ['one inside another', { demand: { query, cache: 1 } }, ['spec.demand.cache'], {}],
  ['an optional field inside a required one', { demand: { query, historyDays: 0 } }, ['spec.demand.historyDays'], {}],
  [
    'one entry of a list',
    { calls: [{ target: 'a', perThousandRequests: 5 }, { target: 'b' }] },
    ['spec.calls[1].perThousandRequests'],
    { calls: [{ target: 'a', perThousandRequests: 5 }] },
  ],
  ['several at once', { tier: 'Gold', warmUpSeconds: 'long' }, ['spec.tier', 'spec.warmUpSeconds'], {}],
])('is left out: %s', (_title, spec, left, more) => {
  expect(read(spec)).toEqual({ spec: { ...whole, ...more }, left });
});

test.each<[string, object, RegExp]>([
  ['a required field', { ceiling: 'high' }, /spec\.ceiling: must be/],
  ['one that is needed', { mode: 'Watch' }, /spec\.mode: must be one of/],
  [
    'one that is needed beside one that is not',
    { mode: 'Watch', budget: 7 },
    /spec\.mode.*spec\.budget|spec\.budget.*spec\.mode/,
  ],
])('the whole is refused for %s', (_title, spec, message) => {
  expect(() => read(spec)).toThrow(message);
});
