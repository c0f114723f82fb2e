import { z } from 'zod';
import { amountOf } from '../api/pods/pod-requests.ts';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { valuesAt } from '../manifests/values-at.ts';
import { isSameJson } from '../schema/json-value.ts';
import type { Remark, Rule } from './finding.ts';

/** Paths of the fields that the API server refuses to change, by kind. */
const immutable: ReadonlyMap<string, readonly string[]> = new Map([
  ['apps Deployment', ['spec.selector']],
  ['apps StatefulSet', ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates']],
  ['apps DaemonSet', ['spec.selector']],
  ['batch Job', ['spec.selector', 'spec.template', 'spec.completionMode']],
  [' Service', ['spec.clusterIP']],
  [' Secret', ['type']],
  [
    ' PersistentVolumeClaim',
    ['spec.accessModes', 'spec.storageClassName', 'spec.volumeMode', 'spec.volumeName', 'spec.selector'],
  ],
  ['rbac.authorization.k8s.io RoleBinding', ['roleRef']],
  ['rbac.authorization.k8s.io ClusterRoleBinding', ['roleRef']],
  ['scheduling.k8s.io PriorityClass', ['value', 'preemptionPolicy']],
  ['storage.k8s.io StorageClass', ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']],
]);

/** Fields that the API server fills in: a manifest may begin or cease to state what they are. */
const filledIn = [
  'spec.podManagementPolicy',
  'spec.completionMode',
  'spec.clusterIP',
  'type',
  'spec.storageClassName',
  'spec.volumeMode',
  'spec.volumeName',
  'preemptionPolicy',
  'reclaimPolicy',
  'volumeBindingMode',
];

/** Checks fields that the API server refuses to change: they must be as they were last applied. */
export const checkImmutableFields: Rule = {
  code: 'immutable',
  check: (objects, { before }) => {
    const formerly = new Map(before.map(object => [describeManifest(object), object]));
    return objects.flatMap(object => {
      const former = formerly.get(describeManifest(object));
      if (former === undefined || groupOf(object) !== groupOf(former)) return [];
      return [...changedFields(object, former), ...smallerClaims(object, former), ...changedData(object, former)];
    });
  },
};

function groupOf({ apiVersion }: ManifestObject): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

function changedFields(object: ManifestObject, former: ManifestObject): readonly Remark[] {
  return (immutable.get(`${groupOf(object)} ${object.kind}`) ?? [])
    .filter(path => !isSame(object, former, path) && !isLeftOut(object, former, path))
    .map(path => ({
      object,
      field: path.split('.'),
      message: `${path} differs from ${former.file} but cannot change: the API server would refuse the update`,
    }));
}

function isLeftOut(one: ManifestObject, other: ManifestObject, path: string): boolean {
  return filledIn.includes(path) && [one, other].some(({ value }) => valuesAt(value, path).length === 0);
}

function smallerClaims(object: ManifestObject, former: ManifestObject): readonly Remark[] {
  const path = 'spec.resources.requests';
  if (object.kind !== 'PersistentVolumeClaim') return [];
  const [now, then] = [object, former].map(({ value }) =>
    amountOf(requests.safeParse(valuesAt(value, path)[0]?.value).data, 'storage'),
  );
  if (now === undefined || then === undefined || now >= then) return [];
  const message = `the storage is less than in ${former.file}: a claim can only grow`;
  return [{ object, field: [...path.split('.'), 'storage'], message }];
}

/** A ConfigMap or Secret that says that it never changes, and does. */
function changedData(object: ManifestObject, former: ManifestObject): readonly Remark[] {
  const isFixed = valuesAt(former.value, 'immutable').some(({ value }) => value === true);
  if (!isFixed || ['data', 'stringData', 'binaryData'].every(path => isSame(object, former, path))) return [];
  const message = `differs from ${former.file}, which is immutable: give it another name`;
  return [{ object, field: ['data'], message }];
}

const requests = z.record(z.string(), z.union([z.string(), z.number()]));

function isSame(one: ManifestObject, other: ManifestObject, path: string): boolean {
  const [now, then] = [one, other].map(({ value }) => valuesAt(value, path)[0]?.value);
  return isSameJson(now, then);
}
