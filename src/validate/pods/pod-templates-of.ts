import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import type { FieldPath, ManifestObject } from '../../manifests/manifest-object.ts';
import { isJsonObject } from '../../schema/json.ts';
import { podSpecSchema, type TemplateSpec } from './pod-spec.ts';

/** The pods that an object makes, or is: their labels and their spec, with its path in the object. */
export interface PodTemplate {
  readonly object: ManifestObject;
  readonly at: FieldPath;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: TemplateSpec;
}

const templateSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  spec: podSpecSchema,
});

const template = ['spec', 'template'];

/** Where the objects of each kind state their pods. */
const templates: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>([
  ['v1 Pod', []],
  ['v1 ReplicationController', template],
  ['apps/v1 Deployment', template],
  ['apps/v1 StatefulSet', template],
  ['apps/v1 DaemonSet', template],
  ['apps/v1 ReplicaSet', template],
  ['batch/v1 Job', template],
  ['batch/v1 CronJob', ['spec', 'jobTemplate', ...template]],
]);

/** Returns the pods of workloads, jobs and Pods. Objects of another shape are left to the rule `schema`. */
export function podTemplatesOf(objects: readonly ManifestObject[]): readonly PodTemplate[] {
  return objects.flatMap(object => {
    const known = parsedBefore.get(object) ?? parsePods(object);
    parsedBefore.set(object, known);
    return known;
  });
}

const parsedBefore = new WeakMap<ManifestObject, readonly PodTemplate[]>();

function parsePods(object: ManifestObject): readonly PodTemplate[] {
  const path = templates.get(`${object.apiVersion} ${object.kind}`);
  if (path === undefined) return [];
  const value = path.reduce<unknown>(
    (inner, key) => (isJsonObject(inner) ? ownValue(inner, String(key)) : undefined),
    object.value,
  );
  const pods = templateSchema.safeParse(value).data;
  return pods === undefined
    ? []
    : [{ object, at: [...path, 'spec'], labels: pods.metadata?.labels ?? {}, spec: pods.spec }];
}
