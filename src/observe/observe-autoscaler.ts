import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { readFloor } from '../api/floor-annotation.ts';
import { fieldManager, floorAnnotation, floorMaxAnnotation } from '../api/group.ts';
import { listFieldOwners } from '../kube/resources/field-owners.ts';
import type { Wire } from '../kube/resources/wire.ts';
import type { AutoscalerObservation } from './observation.ts';

/** An HPA as the cache keeps it: what the plan may know of it, and what it scales. */
export interface AutoscalerRecord {
  readonly scales: ScaledRef;
  readonly observation: AutoscalerObservation;
}

/** What a scaleTargetRef or a workloadRef names. */
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
  const written = listFieldOwners(metadata?.managedFields, [...bounds, ...annotations]);
  const ours = written.find(({ manager }) => manager === fieldManager);
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

/** The same for two references to the same workload: a version does not make another one. */
export function workloadKey({ apiVersion, kind, name }: ScaledRef): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${name}`;
}

const bounds = [
  ['spec', 'minReplicas'],
  ['spec', 'maxReplicas'],
];

/** What stays ours when another manager takes the bounds by force: they tell when we wrote even then. */
const annotations = [floorAnnotation, floorMaxAnnotation].map(name => ['metadata', 'annotations', name]);
