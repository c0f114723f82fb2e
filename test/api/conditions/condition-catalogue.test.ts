import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callGraph } from '../../../src/api/call-graph.ts';
import type { UndatedCondition } from '../../../src/api/condition.ts';
import { conditionCatalogue, conditionEntry } from '../../../src/api/conditions/condition-catalogue.ts';
import { type ConditionedKind, conditionedKinds } from '../../../src/api/conditions/condition-entry.ts';
import { conditionReasons } from '../../../src/api/conditions/condition-reasons.ts';
import type { WriteOutcome } from '../../../src/apply/applied.ts';
import { conditionsAfterWrite } from '../../../src/apply/reports/conditions-after-write.ts';
import { refuseTarget } from '../../../src/plan/accept/refuse-target.ts';
import { refusedConditions } from '../../../src/plan/conditions/sale-conditions.ts';
import { salePlanConditions } from '../../../src/plan/conditions/sale-plan-conditions.ts';
import type { ObjectConditions } from '../../../src/plan/plan.ts';
import { plurals, readDefinition, walk } from '../../support/pages/custom-resource-definitions.ts';
import { conditionsOf, describeTypes, followedOn } from '../../support/pages/described-terms.ts';
import { renderConditions } from '../../support/pages/render-conditions.ts';
import { casePlans } from '../../support/shop/case-plans.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

type Told = Pick<ObjectConditions, 'kind'> & { readonly conditions: readonly UndatedCondition[] };

/** Everything that is said of objects: by the plans of test/cases, after each outcome of a write, of SalePlans. */
const told: readonly Told[] = [...casePlans().flatMap(toldByPlan), ...toldOfSalePlans(), ...toldOfUnparsed()];
const written = new Set(
  told.flatMap(({ kind, conditions }) =>
    conditions.map(({ type, status, reason }) => `${kind} ${type}=${status} ${reason}`),
  ),
);

describe.each(conditionedKinds)('the conditions of a %s', kind => {
  const own = conditionsOf(kind).flatMap(([type]) => rowsOf(kind, type));

  test('are written with every reason that the catalogue gives them', () => {
    expect(own.filter(row => !written.has(row))).toEqual([]);
  });

  test('are written with no reason that the catalogue does not give them', () => {
    const followed = conditionsOf(kind).flatMap(([type, entry]) =>
      followedOn(kind, entry)
        .flatMap(source => rowsOf(kind, source))
        .flatMap(row => ['True', 'False'].map(status => `${kind} ${type}=${status} ${row.split(' ')[2]}`)),
    );
    const known = new Set([...own, ...followed]);
    expect([...written].filter(row => row.startsWith(`${kind} `) && !known.has(row))).toEqual([]);
  });
});

test.each(plurals)('crds/%s.yaml lists the types of condition of its kind', plural => {
  const { names, root } = readDefinition(plural);
  const described = walk(root).find(([path]) => path === 'status.conditions[].type');
  const kind = conditionedKinds.find(one => one === names.kind);
  expect(described?.[1].description).toBe(kind === undefined ? 'no kind of ours' : describeTypes(kind));
});

test.each(plurals)('crds/%s.yaml prints only conditions that its kind has', plural => {
  const text = readFileSync(`crds/${plural}.yaml`, 'utf8');
  const kind = conditionedKinds.find(one => one === readDefinition(plural).names.kind);
  const printed = [...text.matchAll(/@\.type=="(\w+)"/g)].map(match => match[1]);
  const types = kind === undefined ? [] : conditionsOf(kind).map(([type]) => type);
  expect(printed.filter(type => type === undefined || !types.includes(type))).toEqual([]);
});

test('every reason that is explained is a reason of a condition', () => {
  const reasons = Object.values(conditionCatalogue)
    .flatMap(({ reasons }) => Object.values(reasons))
    .flatMap(byStatus => Object.values<readonly string[]>(byStatus))
    .flat();
  expect(Object.keys(conditionReasons).sort()).toEqual([...new Set(reasons)].sort());
});

test('docs/conditions.md is the catalogue in words', async () => {
  await expect(renderConditions()).toMatchFileSnapshot('../../../docs/conditions.md');
});

/** `ScalingTarget Contested=True PutBack`: the own reasons of a type, without those that it follows. */
function rowsOf(kind: ConditionedKind, type: string): readonly string[] {
  return Object.entries(conditionEntry(type)?.reasons[kind] ?? {}).flatMap(([status, reasons]) =>
    reasons.map(reason => `${kind} ${type}=${status} ${reason}`),
  );
}

function toldByPlan({ targets, sales, others }: ReturnType<typeof casePlans>[number]): readonly Told[] {
  const outcomes: readonly WriteOutcome[] = ['Written', 'Conflict', 'Refused', 'Gone', 'Deferred', 'Failed'];
  const write = { kind: 'HorizontalPodAutoscaler', name: 'gateway', part: 'Bounds', message: 'why' } as const;
  return [
    ...others,
    ...sales.map(({ conditions }) => ({ kind: 'FlashSale' as const, conditions })),
    ...targets.flatMap(target => [
      { kind: 'ScalingTarget' as const, conditions: target.conditions },
      ...(target.action === 'Write' ? outcomes : []).map(outcome => ({
        kind: 'ScalingTarget' as const,
        conditions: conditionsAfterWrite(target, { ...write, outcome }),
      })),
    ]),
  ];
}

function toldOfSalePlans(): readonly Told[] {
  return [
    salePlanConditions({ stage: 'Running' }, false),
    salePlanConditions({ stage: 'Running', gone: { since: 0, heldUntil: 600_000 } }, false),
    salePlanConditions({ stage: 'Over' }, false),
    salePlanConditions({ stage: 'Past' }, true),
  ].map(conditions => ({ kind: 'SalePlan' as const, conditions }));
}

/** Targets that no parser has seen: the schema refuses them first, on a cluster and in the cases. */
function toldOfUnparsed(): readonly Told[] {
  const { targets } = observationOf({ now: '2026-11-27T19:00:00Z', targets: { gateway: {} } });
  return targets.flatMap(observed => {
    const { target } = observed;
    const wrong = [
      { ...target.spec, capacityPerReplica: '0' },
      { ...target.spec, ceiling: 1 },
    ];
    return wrong.flatMap((spec): readonly Told[] => {
      const refusal = refuseTarget(
        { ...observed, target: { ...target, spec } },
        callGraph(targets.map(one => one.target)),
      );
      return refusal === undefined ? [] : [{ kind: 'ScalingTarget', conditions: refusedConditions(refusal) }];
    });
  });
}
