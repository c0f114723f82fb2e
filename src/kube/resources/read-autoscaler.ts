import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { type AutoscalerOwner, autoscalerOwner } from '../../api/autoscalers/autoscaler-owner.ts';
import type { AutoscalerState } from '../../api/autoscalers/autoscaler-state.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { type BoundsMarks, readMarks } from './read-marks.ts';
import type { Wire } from './wire.ts';

/** A live HPA or ScaledObject: its state, what it scales, and who else owns a bound. */
export interface LiveAutoscaler extends Pick<BoundsMarks, 'others' | 'markOwners'> {
  readonly state: AutoscalerState;
  readonly scales: WorkloadRef;
  readonly isDeleted: boolean;
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
  const { apiVersion = '', kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  const owner = autoscalerOwner(metadata ?? {});
  const { marks, ...writers } = readMarks(metadata, 'HorizontalPodAutoscaler');
  return {
    state: {
      name: metadata?.name ?? '',
      uid: metadata?.uid ?? '',
      resourceVersion: metadata?.resourceVersion ?? '',
      minReplicas: spec?.minReplicas ?? 1,
      maxReplicas: spec?.maxReplicas ?? 1,
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
      ...marks,
    },
    scales: { apiVersion, kind, name },
    isDeleted: metadata?.deletionTimestamp !== undefined,
    ...writers,
    ...(owner === undefined ? {} : { owner }),
  };
}
