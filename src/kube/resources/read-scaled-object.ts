import type { AutoscalerState } from '../../api/autoscalers/autoscaler-state.ts';
import type { LiveAutoscaler } from './read-autoscaler.ts';
import { readMarks } from './read-marks.ts';
import type { ScaledObject } from './resource-kind.ts';

/** A live ScaledObject, and the name of the HPA that KEDA makes of it. */
export interface LiveScaledObject extends LiveAutoscaler {
  readonly hpa: string;
}

/**
 * Reads a ScaledObject with the defaults of KEDA: bounds of 0 and 100, a Deployment as the workload, and an HPA called
 * `keda-hpa-` and its name. It has no count of replicas: that is in the status of the HPA.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export function readScaledObject({ metadata, spec, status }: ScaledObject): LiveScaledObject {
  const { apiVersion = 'apps/v1', kind = 'Deployment', name = '' } = spec?.scaleTargetRef ?? {};
  const { marks, ...writers } = readMarks(metadata, 'ScaledObject');
  const unfollowed = unfollowedBy(metadata?.annotations ?? {}, spec?.idleReplicaCount);
  return {
    state: {
      objectKind: 'ScaledObject',
      name: metadata?.name ?? '',
      uid: metadata?.uid ?? '',
      resourceVersion: metadata?.resourceVersion ?? '',
      minReplicas: spec?.minReplicaCount ?? 0,
      maxReplicas: spec?.maxReplicaCount ?? 100,
      currentReplicas: 0,
      desiredReplicas: 0,
      ...(unfollowed === undefined ? {} : { unfollowed }),
      ...marks,
    },
    scales: { apiVersion, kind, name },
    isDeleted: metadata?.deletionTimestamp !== undefined,
    ...writers,
    hpa: status?.hpaName ?? `keda-hpa-${metadata?.name ?? ''}`,
  };
}

/** @see https://keda.sh/docs/latest/concepts/scaling-deployments/#pause-autoscaling */
function unfollowedBy(
  { [paused]: pause, [pausedReplicas]: replicas }: Readonly<Record<string, string>>,
  idleReplicas: number | undefined,
): AutoscalerState['unfollowed'] {
  if (replicas !== undefined) return 'Pinned';
  if (pause !== undefined && !falseWords.includes(pause)) return 'Paused';
  return idleReplicas === undefined ? undefined : 'Idle';
}

/** What KEDA reads as false; it is paused by anything else. */
const falseWords: readonly string[] = ['0', 'f', 'F', 'false', 'False', 'FALSE'];
const paused = 'autoscaling.keda.sh/paused';
const pausedReplicas = 'autoscaling.keda.sh/paused-replicas';
