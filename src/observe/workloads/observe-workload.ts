import type { V1Deployment, V1Scale, V1StatefulSet } from '@kubernetes/client-node';
import { fieldManager, placeholderLabel } from '../../api/group.ts';
import { maxSurgeOf } from '../../api/limits/rollout-surge.ts';
import { listFieldOwners } from '../../kube/resources/field-owners.ts';
import type { KubeObject, Wire } from '../../kube/resources/wire.ts';
import { formatSelector } from '../capacity/label-selector.ts';
import { observePodShape } from '../capacity/observe-limits.ts';
import type { WorkloadObservation } from '../observation.ts';

/** Observes a Deployment or StatefulSet for the cache; `spec.replicas` defaults to 1. */
export function observeWorkload(object: Wire<V1Deployment> | Wire<V1StatefulSet>): WorkloadObservation {
  const strategy = object.spec !== undefined && 'strategy' in object.spec ? object.spec.strategy : undefined;
  const maxSurge = maxSurgeOf(object.kind ?? '', strategy);
  const { replicas = 1, selector, minReadySeconds = 0, template } = object.spec ?? {};
  const pod = observePodShape(template?.spec);
  return {
    ...describeObject(object),
    replicas,
    readyReplicas: object.status?.readyReplicas ?? 0,
    ...revisionOf(object),
    ...(maxSurge === undefined ? {} : { maxSurge }),
    ...selects(formatSelector(selector)),
    ...(pod === undefined ? {} : { pod }),
    ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
    ...placeholderOf(object),
  };
}

/** What a Deployment says of the placeholder pods that it makes; empty for any other workload. */
function placeholderOf(object: Wire<V1Deployment> | Wire<V1StatefulSet>): Pick<WorkloadObservation, 'placeholder'> {
  const target = object.metadata?.labels?.[placeholderLabel];
  if (target === undefined || object.kind === 'StatefulSet') return {};
  const { metadata, spec } = object.spec?.template ?? {};
  const { priorityClassName } = spec ?? {};
  return {
    placeholder: {
      target,
      podLabels: metadata?.labels ?? {},
      ...(priorityClassName === undefined || priorityClassName === '' ? {} : { priorityClassName }),
    },
  };
}

/** The revision of the pod template: a Deployment's annotation, which its rollouts count up; a StatefulSet's status. */
function revisionOf({ metadata, status }: Wire<V1Deployment> | Wire<V1StatefulSet>): { readonly revision?: string } {
  const updated = status !== undefined && 'updateRevision' in status ? status.updateRevision : undefined;
  const revision = metadata?.annotations?.['deployment.kubernetes.io/revision'] ?? updated;
  return revision === undefined ? {} : { revision: revision.slice(0, 63) };
}

/**
 * Observes any other workload: its writers from the object, its replicas from the scale subresource. A Scale counts
 * replicas, not ready ones; `readyReplicas` in the object's status is used where present.
 */
export function observeScaled(object: ScalableObject, scale: Wire<V1Scale>): WorkloadObservation {
  const ready = object.status?.readyReplicas;
  const minReadySeconds = object.spec?.minReadySeconds;
  return {
    ...describeObject(object),
    replicas: scale.spec?.replicas ?? 0,
    readyReplicas: typeof ready === 'number' ? ready : (scale.status?.replicas ?? 0),
    ...selects(scale.status?.selector ?? ''),
    ...(typeof minReadySeconds === 'number' && minReadySeconds > 0 ? { minReadySeconds } : {}),
  };
}

function selects(selector: string) {
  return selector === '' ? {} : { selector };
}

export interface ScalableObject extends KubeObject {
  readonly spec?: { readonly minReadySeconds?: unknown };
  readonly status?: { readonly readyReplicas?: unknown };
}

function describeObject({ apiVersion = '', kind = '', metadata }: ScalableObject) {
  const owners = listFieldOwners(metadata?.managedFields, [['spec', 'replicas']], fieldManager);
  const [writer] = owners;
  const ours = owners.find(({ manager }) => manager === fieldManager);
  return {
    apiVersion,
    kind,
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    resourceVersion: metadata?.resourceVersion ?? '',
    ...(writer === undefined ? {} : { replicasWriter: writer.manager }),
    ...(ours === undefined || ours.time === 0 ? {} : { writtenAt: ours.time }),
  };
}
