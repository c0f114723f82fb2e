import { expect, test } from 'vitest';
import { jsonPathValues } from '../../../src/apiserver/tables/json-path-values.ts';

const object = {
  spec: { title: 'shown', parts: [{ name: 'a' }, { name: 'b' }] },
  status: {
    conditions: [
      { type: 'Stalled', status: 'False' },
      { type: 'Ready', status: 'True' },
    ],
  },
  metadata: { labels: { 'a/b': 'c' } },
};

test.each([
  ['.spec.title', ['shown']],
  ['.spec.parts[1].name', ['b']],
  ['.spec.parts[*].name', ['a', 'b']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  ["['metadata']['labels']['a/b']", ['c']],
  ['.spec.nothing', []],
  ['.spec.parts[7].name', []],
  ['.spec..title', []],
])('%s selects %j', (path, values) => {
  expect(jsonPathValues(object, path)).toEqual(values);
});
