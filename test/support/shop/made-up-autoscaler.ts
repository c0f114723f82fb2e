import type { AutoscalerObservation } from '../../../src/observe/observation.ts';

/** An HPA of 4..20 at its minimum, with what is given laid over it. */
export function autoscalerOf(name: string, given: Partial<AutoscalerObservation>): AutoscalerObservation {
  const currentReplicas = given.currentReplicas ?? given.minReplicas ?? 4;
  return {
    name,
    uid: `uid-hpa-${name}`,
    resourceVersion: '1',
    minReplicas: 4,
    maxReplicas: 20,
    currentReplicas,
    desiredReplicas: currentReplicas,
    otherWriters: [],
    ...given,
  };
}
