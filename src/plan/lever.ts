import { isMissing } from '../api/missing.ts';
import type { TargetObservation } from '../observe/observation.ts';

/** The live object whose bounds carry a target's floor: its HPA, or the workload itself where there is no HPA. */
export interface Lever {
  readonly kind: 'Autoscaler' | 'Workload';
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** Our annotations: what we have raised and not restored yet. */
  readonly floor?: number;
  readonly floorMax?: number;
  /** Epoch ms of our newest write, when known. */
  readonly writtenAt?: number;
  readonly otherWriters: readonly string[];
}

/**
 *   HPAs of the workload      →  lever
 *   one                          that HPA
 *   several, one raised by us    that one, so that it can be restored
 *   several, else                none: there is no telling which decides
 *   none                         the workload, where there is one
 */
export function leverOf({ autoscalers, workload }: TargetObservation): Lever | undefined {
  const ours = autoscalers.length > 1 ? autoscalers.filter(isRaised) : autoscalers;
  const [autoscaler] = ours;
  if (autoscaler !== undefined && ours.length === 1) return { kind: 'Autoscaler', ...autoscaler };
  if (autoscalers.length > 0 || isMissing(workload)) return undefined;
  const { name, replicas, floor, writtenAt, replicasWriter } = workload;
  return {
    kind: 'Workload',
    name,
    minReplicas: replicas,
    maxReplicas: replicas,
    currentReplicas: replicas,
    desiredReplicas: replicas,
    ...(floor === undefined ? {} : { floor }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    otherWriters: replicasWriter === undefined ? [] : [replicasWriter],
  };
}

/** Whether we have raised it and not finished restoring it. */
export function isRaised(lever: { readonly floor?: number; readonly floorMax?: number }): boolean {
  return lever.floor !== undefined || lever.floorMax !== undefined;
}
