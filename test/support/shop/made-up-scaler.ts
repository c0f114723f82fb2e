import { parseScalingTarget, type ScalingTargetSpec } from '../../../src/api/scaling-target.ts';
import type { Scaler } from '../../../src/plan/accept/scaler.ts';
import { scalingTarget } from './kinds.ts';

/** The spec of a small target, 4..20 replicas under a ceiling of 240, with fields laid over it. */
export function targetSpec(spec: object = {}): ScalingTargetSpec {
  return parseScalingTarget(scalingTarget({ ...spec })).spec;
}

/** An HPA at these bounds with as many pods as its minimum. */
export function scalerAt(minReplicas: number, maxReplicas: number, more: Partial<Scaler> = {}): Scaler {
  return {
    kind: 'Autoscaler',
    name: 'checkout',
    minReplicas,
    maxReplicas,
    currentReplicas: minReplicas,
    desiredReplicas: minReplicas,
    otherWriters: [],
    ...more,
  };
}
