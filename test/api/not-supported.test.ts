import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { describeUnsupported, notSupported, unsupportedFields } from '../../src/api/not-supported.ts';
import { parseSalePlan } from '../../src/api/sale-plan.ts';
import { parseScalingPolicy } from '../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { readDefinition } from '../support/pages/custom-resource-definitions.ts';
import { flashSale, salePlan, scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

const plan = salePlan();

/** One object for each row of the table, in its order. The list shrinks as fields are acted on. */
const rows = [['spec.nodeRoom', parseScalingPolicy(scalingPolicy({ nodeRoom: 'CapacityBuffer' }))]] as const;

describe('a field that nothing acts on yet', () => {
  test.each(rows)('%s is named', (field, object) => {
    expect(unsupportedFields(object)).toEqual([field]);
  });

  test('has a row above', () => {
    expect(notSupported.map(({ kind, field }) => `${kind} ${field}`)).toEqual(
      rows.map(([field, object]) => `${object.kind} ${field}`),
    );
  });

  test('is in the schema', () => {
    const plurals = {
      FlashSale: 'flashsales',
      ScalingTarget: 'scalingtargets',
      ScalingPolicy: 'scalingpolicies',
      SalePlan: 'saleplans',
    } as const;
    for (const { kind, field } of notSupported) {
      const node = field
        .split('.')
        .reduce((at, key) => at?.properties?.[key] as typeof at, readDefinition(plurals[kind]).root);
      expect(node?.description, `${kind} ${field}`).toBeTruthy();
    }
  });
});

test('an object of defaults and features of the forecast asks for nothing unserved', () => {
  const features = { discountPercent: 40, audience: 1, categories: ['sneakers'], saleType: 'drop', stock: 12_000 };
  expect(unsupportedFields(parseFlashSale(flashSale(features)))).toEqual([]);
  expect(
    unsupportedFields(parseScalingTarget(scalingTarget({ tier: 'Critical', uses: [{ limit: 'db', perReplica: 20 }] }))),
  ).toEqual([]);
  expect(unsupportedFields(parseScalingPolicy(scalingPolicy({ nodeRoom: 'PlaceholderPods' })))).toEqual([]);
  expect(
    unsupportedFields(
      parseScalingPolicy(
        scalingPolicy({ nodeRoom: 'None', notify: { channel: 'shop' }, limits: [{ name: 'db', total: 400 }] }),
      ),
    ),
  ).toEqual([]);
  expect(unsupportedFields(parseSalePlan(plan))).toEqual([]);
});

test('describeUnsupported names the fields in one sentence', () => {
  const policy = parseScalingPolicy(scalingPolicy({ nodeRoom: 'CapacityBuffer' }));
  expect(describeUnsupported(policy)).toBe(
    'spec.nodeRoom CapacityBuffer is not acted on yet and ignored; all else is served. Remove it.',
  );
  expect(describeUnsupported(parseFlashSale(flashSale({})))).toBeUndefined();
});
