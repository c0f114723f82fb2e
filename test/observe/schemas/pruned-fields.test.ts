import { describe, expect, test } from 'vitest';
import { type OpenApiDocument, prunedFields } from '../../../src/observe/schemas/pruned-fields.ts';

const status = {
  properties: { raised: { items: { properties: { name: {}, uid: {} } } }, review: { properties: { score: {} } } },
};
const own = [{ kind: 'ScalingTarget', schema: { properties: { apiVersion: {}, metadata: {}, status } } }];
const served = (properties: object, kind = 'ScalingTarget') =>
  ({
    components: { schemas: { other: {}, a: { 'x-kubernetes-group-version-kind': [{ kind }], properties } } },
  }) as OpenApiDocument;

describe('the fields that served CRDs lack', () => {
  test('are none when they have all, and more', () => {
    expect(prunedFields(own, served({ status, spec: {} }))).toEqual([]);
  });

  test('are named by kind and path, without those inside one that is missing', () => {
    const old = { properties: { raised: { items: { properties: { name: {} } } } } };
    expect(prunedFields(own, served({ status: old }))).toEqual([
      'ScalingTarget status.raised[].uid',
      'ScalingTarget status.review',
    ]);
  });

  test('are not the children of a list or a map that is missing', () => {
    expect(prunedFields(own, served({ status: { properties: { review: status.properties.review } } }))).toEqual([
      'ScalingTarget status.raised',
    ]);
  });

  test('are the kind where it is not served', () => {
    expect(prunedFields(own, served({ status }, 'FlashSale'))).toEqual(['ScalingTarget']);
    expect(prunedFields(own, {})).toEqual(['ScalingTarget']);
  });
});
