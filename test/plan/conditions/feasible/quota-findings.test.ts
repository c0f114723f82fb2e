import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';
import type { Given } from '../../../support/shop/planned-namespace.ts';

/** Twenty-five pods are added to four that run. */
const pod = {
  containers: [{ name: 'app', resources: { requests: { cpu: '500m' }, limits: { memory: '1Gi' } } }],
};

function told(given: Pick<Given, 'quotas' | 'limitRanges'>, shape: object | null = pod) {
  const { plan } = planOf({
    now: '2026-11-20T12:00:00Z',
    sales: [eveningSale],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true },
        workload: shape === null ? {} : { pod: shape as never },
      },
    },
    ...given,
  });
  return (plan.sales[0]?.findings ?? []).map(({ message, mend }) => `${message} ${mend}`);
}
const quota = (hard: Record<string, string>, used: Record<string, string> = {}) => ({
  quotas: [{ name: 'peak', hard, used }],
});
const range = (request: Record<string, string>) => [
  { name: 'limits', limits: [{ type: 'Container' as const, max: {}, min: {}, limit: {}, request }] },
];

test.each<[string, Parameters<typeof told>[0], readonly string[]]>([
  ['no quota is there', {}, []],
  ['a quota has room', quota({ pods: '29', 'requests.cpu': '14.5' }, { pods: '4', 'requests.cpu': '2' }), []],
  [
    'pods are short',
    quota({ pods: '20' }, { pods: '4' }),
    ['ResourceQuota peak: pods of 20 has 16 left, and the 25 pods that the sale adds take 25. Set it to 29.'],
  ],
  [
    'what is used leaves too little',
    quota({ pods: '27' }, { pods: '4' }),
    ['ResourceQuota peak: pods of 27 has 23 left, and the 25 pods that the sale adds take 25. Set it to 29.'],
  ],
  [
    'requests are short',
    quota({ 'requests.cpu': '12' }, { 'requests.cpu': '2500m' }),
    [
      'ResourceQuota peak: requests.cpu of 12 has 9.5 left, and the 25 pods that the sale adds take 12.5. Set it to 15.',
    ],
  ],
  [
    'requests follow from limits',
    quota({ memory: '20Gi' }),
    ['ResourceQuota peak: memory of 20Gi has 20Gi left, and the 25 pods that the sale adds take 25Gi. Set it to 25Gi.'],
  ],
  [
    'limits are short',
    quota({ 'limits.memory': '24Gi' }, {}),
    [
      'ResourceQuota peak: limits.memory of 24Gi has 24Gi left, and the 25 pods that the sale adds take 25Gi. Set it to 25Gi.',
    ],
  ],
  ['limits of cpu are none', quota({ 'limits.cpu': '1' }), []],
  ['something else is short', quota({ configmaps: '1' }), []],
])('a sale where %s', (_, given, expected) => {
  expect(told(given)).toEqual(expected);
});

test('the default of a LimitRange counts for containers without a request', () => {
  const given = { ...quota({ cpu: '10' }), limitRanges: range({ cpu: '1' }) };
  expect(told(given, { containers: [{ name: 'app' }] })).toEqual([
    'ResourceQuota peak: cpu of 10 has 10 left, and the 25 pods that the sale adds take 25. Set it to 25.',
  ]);
});

test('a workload whose pods are not known counts for pods alone', () => {
  expect(told(quota({ cpu: '1' }), null)).toEqual([]);
  expect(told(quota({ pods: '20' }), null)).toHaveLength(1);
});
