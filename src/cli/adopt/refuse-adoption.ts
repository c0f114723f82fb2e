import { describeOwned } from '../../api/autoscalers/autoscaler-owner.ts';
import { salvageScalingTarget } from '../../api/salvage-scaling-target.ts';
import { workloadKey } from '../../api/workload-key.ts';
import { readAutoscaler } from '../../kube/resources/read-autoscaler.ts';
import { readScaledObject } from '../../kube/resources/read-scaled-object.ts';
import type { autoscalers, ScaledObject } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';

type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/** Explains in a sentence why an HPA cannot be adopted as it is, and what to do; undefined when it can. */
export function refuseAdoption(input: {
  readonly hpa: Autoscaler;
  /** The ScalingTargets of its namespace. */
  readonly targets: readonly KubeObject[];
  /** The name that its ScalingTarget would have. */
  readonly name: string;
  /** The ScaledObject that KEDA makes the HPA of, where it can be read: its bounds are raised instead. */
  readonly scaledObject?: ScaledObject | undefined;
}): string | undefined {
  const { hpa, targets, name, scaledObject } = input;
  const { owner, isDeleted, scales, state: hpaState } = readAutoscaler(hpa);
  const state = scaledObject === undefined ? hpaState : readScaledObject(scaledObject).state;
  const { namespace = 'default' } = hpa.metadata ?? {};
  const what = scaledObject === undefined ? `HPA ${state.name}` : `ScaledObject ${state.name}`;
  if (isDeleted) return `${what} is being deleted: adopt the HPA that takes its place.`;
  if (scaledObject === undefined && owner?.kind === 'ScaledObject' && owner.apiVersion.startsWith('keda.sh/'))
    return `${what} is made by ScaledObject ${namespace}/${owner.name}, whose bounds Headstart raises instead: write a ScalingTarget for ${scales.kind} ${scales.name} with its minReplicaCount and maxReplicaCount as the baseline.`;
  if (owner !== undefined && scaledObject === undefined) return describeOwned(state.name, namespace, owner);
  if (scales.apiVersion === '') {
    return `${what} has no apiVersion in spec.scaleTargetRef, so Kubernetes does not find its ${scales.kind}: state it there, as apps/v1.`;
  }
  const [taken] = targets.filter(target => scaledBy(target) === workloadKey(scales));
  if (taken !== undefined) {
    return `ScalingTarget ${namespace}/${taken.metadata?.name} scales ${scales.kind} ${scales.name} already: edit that one.`;
  }
  if (state.floor !== undefined || state.floorMax !== undefined) {
    return `${what} is raised by Headstart to ${state.minReplicas}..${state.maxReplicas}, which is no baseline: adopt it once it is restored. If nothing restores it, set its bounds and remove the annotations headstart.dev/floor and headstart.dev/floor-max.`;
  }
  const minimum = scaledObject === undefined ? 'minReplicas' : 'minReplicaCount';
  if (state.minReplicas < 1) {
    return `${what} has ${minimum}: ${state.minReplicas}, and the baseline of a ScalingTarget begins at 1: an HPA whose workload is at 0 replicas may not come back by itself for a sale. Set ${minimum} to 1 or more, then adopt it.`;
  }
  if (targets.some(({ metadata }) => metadata?.name === name)) {
    return `ScalingTarget ${namespace}/${name} is there for another workload and would be overwritten: choose another name with --name.`;
  }
  return undefined;
}

function scaledBy(target: KubeObject): string | undefined {
  const ref = salvageScalingTarget(target)?.spec.workloadRef;
  return ref === undefined ? undefined : workloadKey(ref);
}
