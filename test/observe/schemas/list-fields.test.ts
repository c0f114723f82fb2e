import { expect, test } from 'vitest';
import { listFields } from '../../../src/observe/schemas/list-fields.ts';

test('fields are listed with those in lists and maps, and none below a field that keeps everything', () => {
  const schema = {
    properties: {
      spec: {
        properties: {
          calls: { items: { properties: { target: {} } } },
          shards: { additionalProperties: { properties: { size: {} } } },
          labels: { additionalProperties: true },
          raw: { 'x-kubernetes-preserve-unknown-fields': true, properties: { known: {} } },
        },
      },
    },
  };
  expect(listFields(schema)).toEqual([
    'spec',
    'spec.calls',
    'spec.calls[].target',
    'spec.shards',
    'spec.shards.*.size',
    'spec.labels',
    'spec.raw',
  ]);
});
