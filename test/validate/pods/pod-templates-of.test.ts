import { expect, test } from 'vitest';
import { isObject, parseManifestObjects } from '../../../src/manifests/manifest-object.ts';
import { podTemplatesOf } from '../../../src/validate/pods/pod-templates-of.ts';

const pod = '{ containers: [{ name: a, image: "a:1" }] }';

test.each([
  ['v1', 'Pod', pod, 'spec'],
  ['apps/v1', 'DaemonSet', `{ template: { spec: ${pod} } }`, 'spec.template.spec'],
  ['batch/v1', 'Job', `{ template: { spec: ${pod} } }`, 'spec.template.spec'],
  [
    'batch/v1',
    'CronJob',
    `{ jobTemplate: { spec: { template: { spec: ${pod} } } } }`,
    'spec.jobTemplate.spec.template.spec',
  ],
])('finds the pods of %s %s, with their path', (apiVersion, kind, spec, path) => {
  const text = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, spec: ${spec} }`;
  const found = podTemplatesOf(parseManifestObjects('a.yaml', text).filter(isObject));
  expect(found.map(({ at, spec: { containers } }) => [at.join('.'), containers[0]?.image])).toEqual([[path, 'a:1']]);
});

test('passes over what has no pods, and what is no pod', () => {
  const text =
    '{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: 1 } }\n---\n{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }';
  expect(podTemplatesOf(parseManifestObjects('a.yaml', text).filter(isObject))).toEqual([]);
});
