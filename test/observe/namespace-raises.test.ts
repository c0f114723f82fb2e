import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { salePlanName } from '../../src/api/names/sale-plan-name.ts';
import { encodeSalePlanStatus, parseSalePlan } from '../../src/api/sale-plan.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { namespaceRaises } from '../../src/observe/namespace-raises.ts';
import { flashSale as announced, service } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minutes = (count: number) => count * 60_000;
const knownAt = Date.parse('2026-11-20T08:00:00Z');

function target(name: string, spec: object) {
  const [, , object] = service(name, { spec });
  return { value: parseScalingTarget(object) };
}

/** A sale with its SalePlan, which raises each target by so many replicas over its baseline of 4. */
function sale(name: string, at: number, extras: Readonly<Record<string, number>>, spec: object = {}) {
  const object = announced(name, at, at + minutes(30), spec);
  const value = parseFlashSale({ ...object, metadata: { ...object.metadata, uid: `uid-${name}` } });
  const steps = (extra: number) => [
    { from: new Date(at - minutes(2)).toISOString(), minReplicas: 4 + extra, maxReplicas: 60 },
    { from: new Date(at + minutes(30)).toISOString(), minReplicas: 4, maxReplicas: 20 },
  ];
  const plan = parseSalePlan({
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'SalePlan',
    metadata: {
      name: salePlanName(name, at),
      namespace: 'marketplace',
      creationTimestamp: new Date(knownAt).toISOString(),
    },
    spec: { sale: { name, uid: `uid-${name}`, spec: object.spec } },
    status: {
      plan: {
        revision: 1,
        madeAt: new Date(knownAt).toISOString(),
        prescaleTime: new Date(at - minutes(2)).toISOString(),
        endTime: new Date(at + minutes(30)).toISOString(),
        extraReplicas: 1,
        risks: [],
        targets: Object.entries(extras).map(([name, extra]) => ({
          target: name,
          steps: steps(extra),
          peak: { time: new Date(at).toISOString(), quantiles: [] },
          sharePercent: 100,
          because: [],
        })),
      },
    },
  });
  return { sale: { value }, plan: { value: plan } };
}

const targets = [
  target('cart', { tier: 'Critical' }),
  target('search', {}),
  target('browse', {}),
  target('feed', { tier: 'Background', mode: 'ForecastOnly' }),
];

function raises(
  sales: readonly ReturnType<typeof sale>[],
  policies: Parameters<typeof namespaceRaises>[0]['policies'] = [],
) {
  return namespaceRaises({
    sales: sales.map(one => one.sale),
    salePlans: sales.map(one => one.plan),
    targets,
    policies,
  });
}

describe('the raises of a namespace', () => {
  test('are those of each date of a recurring sale, without dates that are skipped, reviewed or of another rule', () => {
    const day = minutes(24 * 60);
    const recurrence = { rule: 'FREQ=DAILY', exceptDates: ['2026-11-29'] };
    const spec = announced('deals', start, start + minutes(30), { recurrence }).spec;
    const dated = (days: number, other: object = {}) => {
      const at = start + days * day;
      const { plan } = sale('deals', at, { cart: 10 + days });
      const occurrence = { startTime: new Date(at).toISOString(), endTime: new Date(at + minutes(30)).toISOString() };
      const { metadata, status } = plan.value;
      const made = { ...plan.value.spec.sale, spec: { ...spec, ...other }, occurrence };
      return {
        value: parseSalePlan({
          ...plan.value,
          metadata,
          spec: { sale: made },
          status: encodeSalePlanStatus(status ?? {}),
        }),
      };
    };
    const reviewed = dated(3);
    const review = { reviewedAt: '2026-12-01T00:00:00Z', targets: [] };
    const plans = [dated(0), dated(1), dated(2), dated(4, { recurrence: { rule: 'FREQ=WEEKLY' } })];
    const metadata = { name: 'deals', namespace: 'marketplace', uid: 'uid-deals' };
    const deals = parseFlashSale({ ...announced('deals', start, start + minutes(30), { recurrence }), metadata });
    const found = namespaceRaises({
      sales: [{ value: deals }],
      salePlans: [...plans, { value: { ...reviewed.value, status: { ...reviewed.value.status, review } } }],
      targets,
      policies: [],
    });
    expect(found.map(raise => [raise.start, raise.pods])).toEqual([
      [start, 10],
      [start + day, 11],
    ]);
  });

  test('are those of its SalePlans by start and tier, without targets that are only watched', () => {
    expect(raises([sale('drop', start, { cart: 10, search: 6, browse: 4, feed: 9, gone: 5 })])).toEqual([
      { start, tier: 'Critical', raises: 1, pods: 10, knownAt },
      { start, tier: 'Standard', raises: 2, pods: 10, knownAt },
    ]);
  });

  test('count a target that two sales raise within ten minutes once, and what the second needs more', () => {
    const later = start + minutes(10);
    expect(
      raises([sale('more', later, { cart: 15, search: 6 }), sale('drop', start, { cart: 10, search: 6 })]),
    ).toEqual([
      { start, tier: 'Critical', raises: 1, pods: 10, knownAt },
      { start, tier: 'Standard', raises: 1, pods: 6, knownAt },
      { start: later, tier: 'Critical', raises: 1, pods: 5, knownAt },
    ]);
    const next = start + minutes(11);
    expect(raises([sale('drop', start, { cart: 10 }), sale('next', next, { cart: 10 })])).toHaveLength(2);
  });

  test.each<[string, ReturnType<typeof sale>]>([
    ['that is cancelled', sale('drop', start, { cart: 10 }, { cancelled: true })],
    ['that is only watched', sale('drop', start, { cart: 10 }, { mode: 'ForecastOnly' })],
    ['whose targets stay at their baseline', sale('drop', start, { cart: 0 })],
  ])('are none for a sale %s', (_, one) => {
    expect(raises([one])).toEqual([]);
  });

  test('are none for the old time of a sale that was moved', () => {
    const moved = { ...sale('drop', start + minutes(60), { cart: 10 }), plan: sale('drop', start, { cart: 10 }).plan };
    expect(raises([moved])).toEqual([]);
  });
});
