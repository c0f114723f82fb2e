import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { type AutoscalerOwner, autoscalerOwner } from '../../api/autoscaler-owner.ts';
import type { AutoscalerState } from '../../api/autoscaler-state.ts';
import { readFloor } from '../../api/floor-annotation.ts';
import { fieldManager, floorAnnotation, floorMaxAnnotation } from '../../api/group.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { type FieldOwner, listFieldOwners } from './field-owners.ts';
import type { Wire } from './wire.ts';

/** A live HPA: its state, what it scales, and who else owns a bound. */
export interface LiveAutoscaler {
  readonly state: AutoscalerState;
  readonly scales: WorkloadRef;
  readonly isDeleted: boolean;
  /** Managers other than headstart that own a bound, newest first. */
  readonly others: readonly FieldOwner[];
  /** Managers other than headstart that own one of Headstart's annotations: applying without it does not remove it. */
  readonly markOwners: readonly string[];
  /** The autoscaler that it belongs to; absent when it is nobody's. */
  readonly owner?: AutoscalerOwner;
}

/**
 * Reads an HPA with the defaults of Kubernetes: a minimum of 1, and no replicas before its first status. After a forced
 * apply we are the only owner of both bounds, so anybody else who owns one has written it since.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readAutoscaler({ metadata, spec, status }: Wire<V2HorizontalPodAutoscaler>): LiveAutoscaler {
  const floor = readFloor(metadata?.annotations);
  const floorMax = readFloor(metadata?.annotations, floorMaxAnnotation);
  const { apiVersion = '', kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  const written = listFieldOwners(metadata?.managedFields, [...bounds, ...annotations]);
  const owner = autoscalerOwner(metadata ?? {});
  const ours = written.find(({ manager }) => manager === fieldManager);
  return {
    state: {
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
    },
    scales: { apiVersion, kind, name },
    isDeleted: metadata?.deletionTimestamp !== undefined,
    others: listFieldOwners(metadata?.managedFields, bounds).filter(({ manager }) => manager !== fieldManager),
    markOwners: listFieldOwners(metadata?.managedFields, annotations)
      .map(({ manager }) => manager)
      .filter(manager => manager !== fieldManager),
    ...(owner === undefined ? {} : { owner }),
  };
}

const bounds = [
  ['spec', 'minReplicas'],
  ['spec', 'maxReplicas'],
];

/** What stays ours when another manager takes the bounds by force: they tell when we wrote even then. */
const annotations = [floorAnnotation, floorMaxAnnotation].map(name => ['metadata', 'annotations', name]);
