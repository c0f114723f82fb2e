import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import type { SalePlanPlan } from '../../src/api/sale-plan.ts';
import type { SaleOutlook } from '../../src/plan/plan.ts';
import { revisePlan } from '../../src/plan/revise-plan.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

/** An outlook of one target whose minimum is 100 until 20:00, then 60. */
const outlook = (more: Partial<SaleOutlook> = {}, floor = 100, target = 'gateway'): SaleOutlook => ({
  sale: 'drop',
  saleUid: 'uid',
  salePlan: 'drop-20261127-1900',
  start: at('19:00:00'),
  end: at('21:00:00'),
  prescaleTime: at('18:58:00'),
  extraReplicas: floor - 4,
  stage: 'Ahead',
  mode: 'Apply',
  entryPoints: ['gateway'],
  targets: [
    {
      target,
      steps: [
        { from: formatInstant(more.prescaleTime ?? at('18:58:00')), minReplicas: floor, maxReplicas: floor * 1.5 },
        { from: '2026-11-27T20:00:00Z', minReplicas: 60, maxReplicas: 90 },
        { from: '2026-11-27T21:00:00Z', minReplicas: 4, maxReplicas: 20 },
      ],
      peak: { time: '2026-11-27T19:40:00Z', quantiles: [] },
      sharePercent: 100,
      because: [],
    },
  ],
  risks: [],
  conditions: [],
  ...more,
});
const noon = at('12:00:00');
const first = revisePlan(outlook(), undefined, noon);

describe('revisePlan', () => {
  test('begins with revision 1', () => {
    expect(first).toMatchObject({
      revision: 1,
      madeAt: '2026-11-27T12:00:00Z',
      prescaleTime: '2026-11-27T18:58:00Z',
      extraReplicas: 96,
    });
  });

  test.each<[string, SaleOutlook, number]>([
    ['nothing moved', outlook(), 1],
    ['a floor moved by 4 %', outlook({}, 104), 1],
    ['a floor moved by 5 %', outlook({}, 105), 2],
    ['a floor sank by 5 %', outlook({}, 95), 2],
    ['prescaleTime moved by 59 s', outlook({ prescaleTime: at('18:58:59') }), 1],
    ['prescaleTime moved by a minute', outlook({ prescaleTime: at('18:57:00') }), 2],
    ['the end moved', outlook({ end: at('22:00:00') }), 2],
    ['another target came instead', outlook({}, 100, 'search'), 2],
    ['all targets went', outlook({ targets: [] }), 2],
  ])('counts right when %s', (_, next, revision) => {
    const plan = revisePlan(next, first, noon);
    expect(plan.revision).toBe(revision);
    if (revision === 1) expect(plan).toBe(first);
  });

  test('one replica is the least that counts', () => {
    const small = revisePlan(outlook({}, 70), undefined, noon);
    const few: SalePlanPlan = {
      ...small,
      targets: small.targets.map(target => ({
        ...target,
        steps: [{ from: '2026-11-27T18:58:00Z', minReplicas: 5, maxReplicas: 8 }],
      })),
    };
    const one = (minReplicas: number) =>
      outlook({
        targets: few.targets.map(target => ({
          ...target,
          steps: [{ from: '2026-11-27T18:58:00Z', minReplicas, maxReplicas: 8 }],
        })),
      });
    expect(revisePlan(one(5), few, noon)).toBe(few);
    expect(revisePlan(one(6), few, noon).revision).toBe(2);
  });

  test('new risks are told without a new revision', () => {
    const plan = revisePlan(outlook({ risks: ['gateway is scaled to 0.'] }), first, noon);
    expect(plan).toEqual({ ...first, risks: ['gateway is scaled to 0.'] });
  });

  test('during the sale, what was due stays as recorded and only the rest is new', () => {
    const plan = revisePlan(outlook({}, 120), first, at('19:30:00'));
    expect(plan.targets[0]?.steps.map(({ from, minReplicas }) => `${from.slice(11, 16)} ${minReplicas}`)).toEqual([
      '18:58 100',
      '19:30 120',
      '20:00 60',
      '21:00 4',
    ]);
  });

  test('only floors to come count: a forecast that no longer knows the past is no news', () => {
    const later = outlook({
      targets: outlook().targets.map(target => ({
        ...target,
        steps: [{ from: '2026-11-27T18:58:00Z', minReplicas: 60, maxReplicas: 90 }, ...target.steps.slice(2)],
      })),
    });
    expect(revisePlan(later, first, at('20:10:00'))).toBe(first);
  });
});

test('a plan keeps a hundred targets in full, 900 by their highest bounds, and tells how many it leaves out', () => {
  const reached = (count: number) =>
    outlook({ targets: Array.from({ length: count }, (_, nth) => outlook({}, 100, `service-${nth}`).targets).flat() });
  const whole = revisePlan(reached(100), undefined, noon);
  const more = revisePlan(reached(140), whole, noon);
  expect(whole.furtherTargets).toBeUndefined();
  expect(more.revision).toBe(2);
  expect(more.targetsLeftOut).toBeUndefined();
  expect(more.targets).toHaveLength(100);
  expect(more.furtherTargets).toHaveLength(40);
  expect(more.furtherTargets?.[0]).toEqual({ target: 'service-100', minReplicas: 100, maxReplicas: 150 });
  expect(revisePlan(reached(140), more, noon)).toBe(more);
  const cut = revisePlan(reached(1040), more, noon);
  expect(cut).toMatchObject({ revision: 3, targetsLeftOut: 40 });
  expect(cut.furtherTargets).toHaveLength(900);
});

test('a floor of a target that only its highest bounds are kept of makes a new revision', () => {
  const reached = (replicas: number) =>
    outlook({
      targets: Array.from(
        { length: 101 },
        (_, nth) => outlook({}, nth < 100 ? 100 : replicas, `s-${nth}`).targets,
      ).flat(),
    });
  const before = revisePlan(reached(100), undefined, noon);
  expect(revisePlan(reached(101), before, noon)).toBe(before);
  expect(revisePlan(reached(120), before, noon).revision).toBe(2);
});
