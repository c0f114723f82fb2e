import { describe, expect, test } from 'vitest';
import { chooseNamespace } from '../../../src/cli/preview/choose-namespace.ts';
import type { ManifestObject } from '../../../src/manifests/manifest-object.ts';

const object = (kind: string, name: string, namespace?: string): ManifestObject => ({
  file: `${name}.yaml`,
  apiVersion: 'v1',
  kind,
  name,
  namespace: namespace ?? 'default',
  value: { kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } },
  placeOf: () => ({ line: 1, column: 1 }),
  wordAt: () => undefined,
});
const sale = (name: string, namespace?: string) => object('FlashSale', name, namespace);
const target = (name: string, namespace?: string) => object('ScalingTarget', name, namespace);

describe('a plan is made for one namespace', () => {
  test.each([
    [
      'that the sale names',
      [sale('drop', 'shop')],
      [target('gateway', 'shop'), target('gateway', 'outlet')],
      'shop',
      1,
    ],
    ['that the targets name', [sale('drop')], [target('gateway', 'shop')], 'shop', 1],
    ['when nothing names one', [sale('drop')], [target('gateway')], 'default', 1],
    ['with what names none', [sale('drop', 'shop')], [target('gateway'), target('search', 'shop')], 'shop', 2],
  ])('%s', (_, sales, targets, namespace, count) => {
    const chosen = chooseNamespace(sales, [...targets, object('ConfigMap', 'gateway')]);
    expect([chosen.namespace, chosen.objects.length]).toEqual([namespace, count]);
  });

  test.each([
    [
      'the sales',
      [sale('drop', 'shop'), sale('late', 'outlet')],
      [target('gateway')],
      'late.yaml:1:1: is in namespace outlet',
    ],
    ['the targets', [sale('drop')], [target('a', 'shop'), target('b', 'outlet')], 'b.yaml:1:1: is in namespace outlet'],
  ])('and refused when %s name two', (_, sales, targets, message) => {
    expect(() => chooseNamespace(sales, targets)).toThrow(message);
  });

  test.each(['ScalingTarget', 'ScalingPolicy', 'HorizontalPodAutoscaler'])('in which no %s stands twice', kind => {
    expect(() => chooseNamespace([sale('drop')], [object(kind, 'a'), object(kind, 'a')])).toThrow(
      `${kind} a is also in a.yaml:1:1: remove one`,
    );
  });
});
