import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flashSaleSchema } from '../../src/api/flash-sale.ts';
import { salePlanSchema } from '../../src/api/sale-plan.ts';
import { scalingPolicySchema } from '../../src/api/scaling-policy.ts';
import { scalingTargetSchema } from '../../src/api/scaling-target.ts';
import { readDefinition, type SchemaNode, walk } from '../support/pages/custom-resource-definitions.ts';

const kinds = [
  ['flashsales', flashSaleSchema],
  ['scalingtargets', scalingTargetSchema],
  ['scalingpolicies', scalingPolicySchema],
  ['saleplans', salePlanSchema],
] as const;

const jsonSchema = z.looseObject({
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** What both sides say of a field. Defaults of objects, descriptions and CEL rules have no counterpart. */
type Facts = Readonly<Record<string, unknown>>;

describe.each(kinds)('crds/%s.yaml and the parser in src/api', (plural, schema) => {
  const said = factsByPath(readDefinition(plural).root);
  const parsed = factsByPath(asSchemaNode(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));

  test('have the same fields', () => {
    expect([...said.keys()].sort()).toEqual([...parsed.keys()].sort());
  });

  test.each([...said])('agree on %s', (path, facts) => {
    expect(facts).toEqual(parsed.get(path));
  });
});

const salePlan = readDefinition('saleplans').root.properties;

test.each([
  ['spec.sale.spec', salePlan?.spec?.properties?.sale?.properties?.spec],
  ['status.edits[].spec', salePlan?.status?.properties?.edits?.items?.properties?.spec],
])('a SalePlan holds the spec of a FlashSale, field by field, in %s', (_path, snapshot) => {
  const sale = readDefinition('flashsales').root.properties?.spec;
  const { description: _, 'x-kubernetes-validations': __, ...saleFields } = sale ?? {};
  const { description: ___, ...snapshotFields } = snapshot ?? {};
  expect(snapshotFields).toEqual(saleFields);
});

function factsByPath(root: SchemaNode): ReadonlyMap<string, Facts> {
  return new Map(
    walk(root)
      .filter(([path]) => path.startsWith('spec') || path.startsWith('status'))
      .map(([path, node]) => [path, facts(node)]),
  );
}

function facts(node: SchemaNode): Facts {
  const isQuantity = node['x-kubernetes-int-or-string'] === true;
  const { enum: choices, minimum, maximum, minLength, maxLength, maxItems, nullable } = node;
  const pattern = node.pattern?.replaceAll('\\/', '/');
  return {
    type: isQuantity ? 'quantity' : node.type,
    required: [...(node.required ?? [])].sort(),
    ...(node.default === undefined ? {} : { default: node.default }),
    ...withoutAbsent({ choices, minimum, maximum, minLength, maxLength, maxItems, pattern, nullable }),
  };
}

/**
 * JSON Schema in the words of a CRD: a number or string that the parser reads as Quantity is a quantity, `null` among the
 * types is `nullable`, and a measured number, which is read bare but written as text, is the text.
 */
function asSchemaNode(schema: unknown): SchemaNode {
  const { anyOf: branches = [], properties, items, ...own } = jsonSchema.parse(schema);
  const [inner, ...others] = branches.filter(branch => branch.type !== 'null').map(asSchemaNode);
  if (inner === undefined) {
    return {
      ...own,
      ...(properties && { properties: mapValues(properties, asSchemaNode) }),
      ...(items === undefined ? {} : { items: asSchemaNode(items) }),
    };
  }
  const isQuantity = others.some(branch => branch.type === 'integer');
  return {
    ...own,
    ...Object.assign({}, inner, ...(isQuantity ? others : [])),
    ...(isQuantity ? { 'x-kubernetes-int-or-string': true } : {}),
    ...(branches.some(branch => branch.type === 'null') ? { nullable: true } : {}),
  };
}

function mapValues<T>(record: Readonly<Record<string, unknown>>, map: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function withoutAbsent(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
