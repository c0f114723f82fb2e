import type {
  EventsV1Event,
  V1Deployment,
  V1Lease,
  V1LimitRange,
  V1Namespace,
  V1Pod,
  V1ReplicaSet,
  V1ResourceQuota,
  V1StatefulSet,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { group, version } from '../../api/group.ts';
import type { KubeObject, UnparsedObject, Wire } from './wire.ts';

/** A kind as the API server serves it: the parts of its path and the type of its objects. */
export interface ResourceKind<T extends KubeObject = UnparsedObject> {
  /** The API group; '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never set; it only carries the type of the objects. */
  readonly object?: T;
}

/**
 * Objects of our own kinds stay unparsed here: src/api parses them one by one, so that an invalid one does not affect
 * the others.
 */
export const flashSales = ours('FlashSale', 'flashsales');
export const scalingTargets = ours('ScalingTarget', 'scalingtargets');
export const scalingPolicies = ours('ScalingPolicy', 'scalingpolicies');
export const salePlans = ours('SalePlan', 'saleplans');

export const autoscalers: ResourceKind<Wire<V2HorizontalPodAutoscaler>> = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  namespaced: true,
};

/** The parts of a ScaledObject of KEDA that are read; a value of another kind is refused by its CRD. */
export interface ScaledObject extends KubeObject {
  readonly spec?: {
    readonly scaleTargetRef?: { readonly apiVersion?: string; readonly kind?: string; readonly name?: string };
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly idleReplicaCount?: number;
    readonly triggers?: readonly {
      readonly type?: string;
      readonly metricType?: string;
      readonly metadata?: Readonly<Record<string, string>>;
    }[];
  };
  readonly status?: { readonly hpaName?: string };
}

export const scaledObjects: ResourceKind<ScaledObject> = {
  group: 'keda.sh',
  version: 'v1alpha1',
  kind: 'ScaledObject',
  plural: 'scaledobjects',
  namespaced: true,
};

/** The parts of a CapacityBuffer that are read or written; a value of another kind is refused by its CRD. */
export interface CapacityBuffer extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly percentage?: number;
    readonly scalableRef?: { readonly apiGroup?: string; readonly kind?: string; readonly name?: string };
  };
  readonly status?: {
    readonly replicas?: number;
    readonly conditions?: readonly {
      readonly type?: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
      readonly observedGeneration?: number;
    }[];
  };
}

/** As Cluster Autoscaler 1.36.1 and Karpenter 1.14.1 publish it; `v1alpha1` is deprecated, and the latter has none. */
export const capacityBuffers: ResourceKind<CapacityBuffer> = {
  group: 'autoscaling.x-k8s.io',
  version: 'v1beta1',
  kind: 'CapacityBuffer',
  plural: 'capacitybuffers',
  namespaced: true,
};

export const deployments: ResourceKind<Wire<V1Deployment>> = apps('Deployment', 'deployments');
export const statefulSets: ResourceKind<Wire<V1StatefulSet>> = apps('StatefulSet', 'statefulsets');
export const replicaSets: ResourceKind<Wire<V1ReplicaSet>> = apps('ReplicaSet', 'replicasets');

export const resourceQuotas: ResourceKind<Wire<V1ResourceQuota>> = core('ResourceQuota', 'resourcequotas', true);
export const limitRanges: ResourceKind<Wire<V1LimitRange>> = core('LimitRange', 'limitranges', true);
export const podKind: ResourceKind<Wire<V1Pod>> = core('Pod', 'pods', true);

export const namespaces: ResourceKind<Wire<V1Namespace>> = core('Namespace', 'namespaces', false);

export const leases: ResourceKind<Wire<V1Lease>> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

export const events: ResourceKind<Wire<EventsV1Event>> = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};

export const admissionPolicies: ResourceKind<Wire<V1ValidatingAdmissionPolicy>> = admission(
  'ValidatingAdmissionPolicy',
  'validatingadmissionpolicies',
);
export const admissionPolicyBindings: ResourceKind<Wire<V1ValidatingAdmissionPolicyBinding>> = admission(
  'ValidatingAdmissionPolicyBinding',
  'validatingadmissionpolicybindings',
);

/** "apps/v1", or "v1" for the core group. */
export function apiVersionOf(kind: Pick<ResourceKind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

function ours(kind: string, plural: string): ResourceKind {
  return { group, version, kind, plural, namespaced: true };
}

function apps(kind: string, plural: string) {
  return { group: 'apps', version: 'v1', kind, plural, namespaced: true };
}

function admission(kind: string, plural: string) {
  return { group: 'admissionregistration.k8s.io', version: 'v1', kind, plural, namespaced: false };
}

function core(kind: string, plural: string, namespaced: boolean) {
  return { group: '', version: 'v1', kind, plural, namespaced };
}
