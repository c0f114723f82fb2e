import { expect, test } from 'vitest';
import { callGraph } from '../../../src/api/call-graph.ts';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { entryPointsOf } from '../../../src/plan/accept/entry-points.ts';
import { flashSale, scalingTarget } from '../../support/shop/kinds.ts';

const target = (name: string, spec: object) => {
  const { metadata, ...rest } = scalingTarget({ ...spec });
  return parseScalingTarget({ ...rest, metadata: { ...metadata, name } });
};
const graph = callGraph([
  target('gateway', { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 500 }] }),
  target('checkout', {}),
  target('search', { entryPoint: true }),
]);

test.each([
  ['all that are marked, where the sale names none', undefined, ['gateway', 'search']],
  ['those that it names', ['search'], ['search']],
  ['not one that is called by another of them: its traffic would count twice', ['checkout', 'gateway'], ['gateway']],
  ['not one that is unknown', ['search', 'nobody'], ['search']],
])('the traffic of a sale enters at %s', (_, entryPoints, expected) => {
  const { spec } = parseFlashSale(flashSale(entryPoints === undefined ? {} : { entryPoints }));
  expect(entryPointsOf(spec, graph)).toEqual(expected);
});
