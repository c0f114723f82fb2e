import type { Condition } from '../../api/condition.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { KubeObject, Stored } from '../../apiserver/objects/kube-object.ts';

/** The fields of apps/v1 Deployments and ReplicaSets that the controllers read and write. */
export interface Workload extends KubeObject {
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
export interface Autoscaler extends KubeObject {
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

/** Where the controllers' objects live in the store. */
export const deployments = 'deployments.apps';
export const replicaSets = 'replicasets.apps';
export const pods = 'pods';
export const autoscalers = 'horizontalpodautoscalers.autoscaling';

/** Whether the pod serves: its Ready condition is True and nobody has asked it to go. */
export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && readyCondition(pod)?.status === 'True';
}

/** Since when the pod is ready or not, epoch ms; absent before its first word on it. */
export function readyCondition(
  pod: Pod,
): { readonly status: 'True' | 'False'; readonly lastTransitionTime: string } | undefined {
  return pod.status?.conditions?.find(condition => condition.type === 'Ready');
}

/** Whether an object with `labels` is meant by a selector's matchLabels. */
export function isSelected(
  labels: Readonly<Record<string, string>> | undefined,
  matchLabels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels?.[key] === value);
}

/** The pods of a Deployment or ReplicaSet, sorted by name. */
export function podsOf(all: readonly Stored<Pod>[], workload: Workload): readonly Stored<Pod>[] {
  return all.filter(pod => isSelected(pod.metadata.labels, workload.spec.selector.matchLabels));
}

/** The name of the Deployment a pod belongs to, by way of its ReplicaSet's name; absent for a pod of its own. */
export function workloadOf(pod: Pod): string | undefined {
  const owner = pod.metadata.ownerReferences?.find(reference => reference.kind === 'ReplicaSet')?.name;
  return owner?.slice(0, owner.lastIndexOf('-'));
}

/** What all containers of a pod ask for of a resource: cores, bytes. */
export function requestOf(pod: Pod, resource: string): number {
  return pod.spec.containers.reduce(
    (sum, container) => sum + parseQuantity(container.resources?.requests?.[resource] ?? '0'),
    0,
  );
}
