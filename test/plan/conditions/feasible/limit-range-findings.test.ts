import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';

const pod = {
  containers: [{ name: 'app', resources: { requests: { cpu: '500m' }, limits: { memory: '2Gi' } } }],
};
type Limit = Partial<Record<'max' | 'min' | 'limit' | 'request', Record<string, string>>>;

function told(
  limit: Limit,
  { type = 'Container', forecast = 30 }: { type?: 'Container' | 'Pod'; forecast?: number } = {},
) {
  const { plan } = planOf({
    now: '2026-11-20T12:00:00Z',
    limitRanges: [{ name: 'limits', limits: [{ type, max: {}, min: {}, limit: {}, request: {}, ...limit }] }],
    sales: [eveningSale],
    targets: { gateway: { forecast, spec: { entryPoint: true }, workload: { pod } } },
  });
  return (plan.sales[0]?.findings ?? []).map(({ verdict, message, mend }) => `${verdict} ${message} ${mend}`);
}

test.each<[string, Limit, readonly string[]]>([
  ['what the pods have', { max: { cpu: '500m', memory: '2Gi' }, min: { cpu: '500m' } }, []],
  [
    'less memory than a container has',
    { max: { memory: '1Gi' } },
    [
      "NoGo gateway: LimitRange limits admits no new pod: container app has memory 2Gi in its limits, and at most 1Gi is allowed. Set its max.memory to 2Gi, or lower the container's.",
    ],
  ],
  [
    'no request so small',
    { min: { cpu: '1' } },
    [
      'NoGo gateway: LimitRange limits admits no new pod: container app requests cpu 500m, and at least 1 is asked for. Raise the request to 1.',
    ],
  ],
])('a LimitRange that allows %s', (_, limit, expected) => {
  expect(told(limit)).toEqual(expected);
});

test('a LimitRange of pods counts their containers together', () => {
  expect(told({ max: { memory: '2Gi' } }, { type: 'Pod' })).toEqual([]);
  expect(told({ max: { memory: '2000Mi' } }, { type: 'Pod' })).toEqual([
    "NoGo gateway: LimitRange limits admits no new pod: its containers have more memory together than the 2000Mi that a pod may have. Raise its max.memory, or lower the containers'.",
  ]);
});

test('a sale that needs no raise is only at risk', () => {
  expect(told({ max: { memory: '1Gi' } }, { forecast: 2 }).map(text => text.split(' ')[0])).toEqual(['AtRisk']);
});
