import { expect, test } from 'vitest';
import { strategicMergePatch } from '../../../src/apiserver/objects/strategic-merge-patch.ts';
import { builtInSchema } from '../../../src/schema/built-in-schema.ts';
import type { Json, JsonObject } from '../../../src/schema/json.ts';

const schema = builtInSchema('io.k8s.api.core.v1.Pod');
const pod = (containers: Json, metadata: JsonObject = {}) => ({ metadata, spec: { containers } });

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  [
    'items merge by their key',
    pod([{ name: 'a', image: '1', tty: true }, { name: 'b' }]),
    pod([{ name: 'a', image: '2' }]),
    pod([{ name: 'a', image: '2', tty: true }, { name: 'b' }]),
  ],
  ['an item is added at the end', pod([{ name: 'a' }]), pod([{ name: 'b' }]), pod([{ name: 'a' }, { name: 'b' }])],
  [
    'an item is deleted',
    pod([{ name: 'a' }, { name: 'b' }]),
    pod([{ name: 'a', $patch: 'delete' }]),
    pod([{ name: 'b' }]),
  ],
  ['a list is replaced', pod([{ name: 'a' }]), pod([{ name: 'c' }, { $patch: 'replace' }]), pod([{ name: 'c' }])],
  [
    'the order of items follows',
    pod([{ name: 'a' }, { name: 'b' }]),
    { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } },
    pod([{ name: 'b' }, { name: 'a' }]),
  ],
  [
    'only what is retained is kept beside what is new',
    { spec: { restartPolicy: 'Always', hostname: 'a' } },
    { spec: { $retainKeys: ['hostname'], hostname: 'b' } },
    { spec: { hostname: 'b' } },
  ],
  [
    'finalizers are added to a set, and deleted from it',
    pod([], { finalizers: ['a', 'b'] }),
    { metadata: { finalizers: ['c'], '$deleteFromPrimitiveList/finalizers': ['a'] } },
    pod([], { finalizers: ['b', 'c'] }),
  ],
  [
    'a map is replaced',
    pod([], { labels: { a: 'b' } }),
    { metadata: { labels: { $patch: 'replace', c: 'd' } } },
    pod([], { labels: { c: 'd' } }),
  ],
  [
    'a field is removed by null',
    pod([{ name: 'a', image: '1' }]),
    pod([{ name: 'a', image: null }]),
    pod([{ name: 'a' }]),
  ],
])('%s', (_, before, patch, after) => {
  expect(strategicMergePatch(before, patch, schema)).toEqual(after);
});
