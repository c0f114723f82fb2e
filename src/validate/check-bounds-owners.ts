import { z } from 'zod';
import { workloadKey } from '../api/workload-key.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';
import { describeMissingWorkload } from './missing-workload.ts';

/** Checks who sets the number of replicas: one HPA per workload, with the baseline of its target, and nothing else. */
export const checkBoundsOwners: Rule = {
  code: 'bounds',
  check: objects => [
    ...workloadRemarks(objects),
    ...targetRemarks(objects),
    ...ownedRemarks(objects),
    ...autoscalerRemarks(objects),
  ],
};

function workloadRemarks(objects: readonly ManifestObject[]): readonly Remark[] {
  return objectsOf(objects, 'Workload').flatMap(({ object, spec }) => {
    const autoscalers = autoscalersOf(objects, object.namespace, object.kind, object.name);
    const [first, second] = autoscalers;
    if (second !== undefined) {
      const names = autoscalers.map(each => each.object.name).join(' and ');
      return [
        {
          object: second.object,
          field: ['spec', 'scaleTargetRef'],
          message: `${names} scale the same ${object.kind} ${object.name}: both stop reading metrics`,
        },
      ];
    }
    if (first === undefined || spec.replicas === undefined) return [];
    const message = `sets replicas ${spec.replicas} although HPA ${first.object.name} scales it: each apply would reset the replicas; leave the field out`;
    return [{ object, field: ['spec', 'replicas'], message }];
  });
}

function targetRemarks(objects: readonly ManifestObject[]): readonly Remark[] {
  return scalingTargetsOf(objects).flatMap(({ object, target }) => {
    const { workloadRef, baseline } = target.spec;
    const around = objects.filter(({ namespace }) => namespace === object.namespace);
    const claimed = scalingTargetsOf(around).map(each => each.target.spec.workloadRef.name);
    const missing = describeMissingWorkload(around, workloadRef, claimed);
    if (missing !== undefined) return [{ object, ...missing, field: ['spec', 'workloadRef', missing.field] }];
    return autoscalersOf(objects, object.namespace, workloadRef.kind, workloadRef.name).flatMap(
      ({ object: autoscaler, spec }) =>
        spec.minReplicas === baseline.minReplicas && spec.maxReplicas === baseline.maxReplicas
          ? []
          : [
              {
                object,
                field: ['spec', 'baseline'],
                message: `baseline ${baseline.minReplicas}..${baseline.maxReplicas} differs from HPA ${autoscaler.name}, ${spec.minReplicas}..${spec.maxReplicas}: a restore would write other bounds than those in Git`,
              },
            ],
    );
  });
}

/** Targets of workloads that a ScaledObject scales, whose bounds are then the ones that a restore would write. */
function ownedRemarks(objects: readonly ManifestObject[]): readonly Remark[] {
  const owners = scaledObjectsOf(objects);
  return scalingTargetsOf(objects).flatMap(({ object, target: { spec } }) => {
    const owner = owners.find(
      ({ object: { namespace }, scales }) =>
        namespace === object.namespace && workloadKey(scales) === workloadKey(spec.workloadRef),
    );
    if (owner === undefined) return [];
    const { minReplicas, maxReplicas } = spec.baseline;
    const { minReplicaCount, maxReplicaCount } = owner;
    if (minReplicaCount === minReplicas && maxReplicaCount === maxReplicas) return [];
    const message = `baseline ${minReplicas}..${maxReplicas} differs from ScaledObject ${owner.object.name}, ${minReplicaCount}..${maxReplicaCount}: a restore would write other bounds than those in Git`;
    return [{ object, field: ['spec', 'baseline'], message }];
  });
}

function autoscalerRemarks(objects: readonly ManifestObject[]): readonly Remark[] {
  const tooSmall = objectsOf(objects, 'HorizontalPodAutoscaler')
    .filter(({ spec }) => spec.minReplicas > spec.maxReplicas)
    .map(({ object, spec }) => ({
      object,
      field: ['spec', 'minReplicas'],
      message: `minReplicas ${spec.minReplicas} is above maxReplicas ${spec.maxReplicas}`,
    }));
  const strays = objectsOf(objects, 'HorizontalPodAutoscaler').flatMap(({ object, spec }) => {
    const around = objects.filter(({ namespace }) => namespace === object.namespace);
    const claimed = objectsOf(around, 'HorizontalPodAutoscaler').map(each => each.spec.scaleTargetRef.name);
    const missing = describeMissingWorkload(around, spec.scaleTargetRef, claimed, object.name);
    return missing === undefined ? [] : [{ object, ...missing, field: ['spec', 'scaleTargetRef', missing.field] }];
  });
  const scaledObjects = scaledObjectsOf(objects).flatMap(({ object, scales: { name } }) => {
    const rivals = objectsOf(objects, 'HorizontalPodAutoscaler').filter(
      ({ object: each, spec }) => each.namespace === object.namespace && spec.scaleTargetRef.name === name,
    );
    return rivals.map(({ object: rival }) => ({
      object,
      field: ['spec', 'scaleTargetRef'],
      message: `KEDA creates an HPA of its own for ${name}, in addition to HPA ${rival.name}`,
    }));
  });
  return [...tooSmall, ...scaledObjects, ...strays];
}

/** The ScaledObjects that can be read, with KEDA's defaults. */
function scaledObjectsOf(objects: readonly ManifestObject[]) {
  return objects
    .filter(({ apiVersion, kind }) => kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/'))
    .flatMap(object => {
      const { data } = scaledObjectSchema.safeParse(object.value);
      if (data === undefined) return [];
      const { scaleTargetRef: scales, minReplicaCount, maxReplicaCount } = data.spec;
      return [{ object, scales, minReplicaCount, maxReplicaCount }];
    });
}

const scaledObjectSchema = z.looseObject({
  spec: z.looseObject({
    minReplicaCount: z.int().default(0),
    maxReplicaCount: z.int().default(100),
    scaleTargetRef: z.looseObject({
      apiVersion: z.string().default('apps/v1'),
      kind: z.string().default('Deployment'),
      name: z.string(),
    }),
  }),
});

function autoscalersOf(objects: readonly ManifestObject[], namespace: string, kind: string, name: string) {
  return objectsOf(objects, 'HorizontalPodAutoscaler').filter(
    ({ object, spec }) =>
      object.namespace === namespace && spec.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === name,
  );
}
