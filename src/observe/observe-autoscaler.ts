import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { fieldManager, floorAnnotation, floorMaxAnnotation } from '../api/group.ts';
import { listFieldOwners } from '../kube/field-owners.ts';
import type { Wire } from '../kube/wire.ts';
import type { AutoscalerObservation } from './observation.ts';
import { readFloor } from './read-floor.ts';

/** An HPA as the cache keeps it: what the plan may know of it, and what it scales. */
export interface AutoscalerRecord {
  readonly scales: ScaledRef;
  readonly observation: AutoscalerObservation;
}

/** What a scaleTargetRef names; a version does not make another workload. */
export interface ScaledRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export function observeAutoscaler(object: Wire<V2HorizontalPodAutoscaler>): AutoscalerRecord {
  const { metadata, spec, status } = object;
  const floor = readFloor(metadata?.annotations, floorAnnotation);
  const floorMax = readFloor(metadata?.annotations, floorMaxAnnotation);
  const { apiVersion = '', kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  const owners = listFieldOwners(metadata?.managedFields, bounds);
  const ours = owners.find(({ manager }) => manager === fieldManager);
  return {
    scales: { apiVersion, kind, name },
    observation: {
      name: metadata?.name ?? '',
      uid: metadata?.uid ?? '',
      resourceVersion: metadata?.resourceVersion ?? '',
      minReplicas: spec?.minReplicas ?? 1,
      maxReplicas: spec?.maxReplicas ?? 1,
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
      ...(floor === undefined ? {} : { floor }),
      ...(floorMax === undefined ? {} : { floorMax }),
      ...(ours === undefined || ours.time === 0 ? {} : { writtenAt: ours.time }),
      otherWriters: owners.map(({ manager }) => manager).filter(manager => manager !== fieldManager),
    },
  };
}

/** Whether both name the same workload. */
export function isSameWorkload(a: ScaledRef, b: ScaledRef): boolean {
  return a.kind === b.kind && a.name === b.name && groupOf(a.apiVersion) === groupOf(b.apiVersion);
}

const bounds = [
  ['spec', 'minReplicas'],
  ['spec', 'maxReplicas'],
];

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
