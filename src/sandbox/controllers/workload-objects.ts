import type { Condition } from '../../api/condition.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { KubeObject, Stored } from '../../apiserver/objects/kube-object.ts';

/** The fields of apps/v1 Deployments and ReplicaSets that the controllers read and write. */
export interface WorkloadObject extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: PodTemplate;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly updatedReplicas?: number;
    readonly unavailableReplicas?: number;
  };
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
    }[];
  };
}

/** The fields of a v1 Pod that the controllers read and write. */
export interface Pod extends KubeObject {
  readonly spec: PodTemplate['spec'];
  readonly status?: {
    readonly phase: 'Pending' | 'Running' | 'Failed';
    readonly startTime?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: 'True' | 'False';
      readonly lastTransitionTime: string;
    }[];
  };
}

/** The fields of an autoscaling/v2 HorizontalPodAutoscaler that the controllers read and write. */
export interface AutoscalerObject extends KubeObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly MetricObject[];
    readonly behavior?: { readonly scaleUp?: RulesObject; readonly scaleDown?: RulesObject };
  };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly lastScaleTime?: string;
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface MetricObject {
  readonly type: string;
  readonly resource?: { readonly name: string; readonly target: MetricTarget };
  readonly external?: { readonly metric: { readonly name: string }; readonly target: MetricTarget };
}

interface MetricTarget {
  readonly type: string;
  readonly averageUtilization?: number;
  readonly averageValue?: string | number;
  readonly value?: string | number;
}

interface RulesObject {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
  readonly tolerance?: string | number;
}

/** The store's names of the controllers' resources. */
export const deploymentResource = 'deployments.apps';
export const replicaSetResource = 'replicasets.apps';
export const pods = 'pods';
export const autoscalerResource = 'horizontalpodautoscalers.autoscaling';

/** Whether a pod serves requests: its Ready condition is True and it is not being deleted. */
export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && readyCondition(pod)?.status === 'True';
}

/** The status of a pod's Ready condition and the time of its last change; undefined before the first. */
export function readyCondition(
  pod: Pod,
): { readonly status: 'True' | 'False'; readonly lastTransitionTime: string } | undefined {
  return pod.status?.conditions?.find(condition => condition.type === 'Ready');
}

/** Whether the labels of an object match a selector's matchLabels. */
export function isSelected(
  labels: Readonly<Record<string, string>> | undefined,
  matchLabels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(matchLabels).every(([key, value]) => ownValue(labels, key) === value);
}

/** The pods of a Deployment or ReplicaSet, sorted by name. */
export function podsOf(all: readonly Stored<Pod>[], workload: WorkloadObject): readonly Stored<Pod>[] {
  return all.filter(pod => isSelected(pod.metadata.labels, workload.spec.selector.matchLabels));
}

/**
 * The name of the Deployment that a pod belongs to, derived from its ReplicaSet's name; undefined for a pod on its own.
 */
export function workloadOf(pod: Pod): string | undefined {
  const owner = pod.metadata.ownerReferences?.find(reference => reference.kind === 'ReplicaSet')?.name;
  return owner?.slice(0, owner.lastIndexOf('-'));
}

/** The request of all containers of a pod for one resource: cores or bytes. */
export function requestOf(pod: Pod, resource: string): number {
  return pod.spec.containers.reduce(
    (sum, container) => sum + parseQuantity(ownValue(container.resources?.requests, resource) ?? '0'),
    0,
  );
}
