import { restoreFinalizer } from '../../../src/api/group.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import { scalingTarget } from './kinds.ts';

export const namespace = 'marketplace';

export function observedAt(name: string, minReplicas: number, maxReplicas: number) {
  const { metadata, ...rest } = scalingTarget({ workloadRef: { name } });
  return {
    target: parseScalingTarget({ ...rest, metadata: { ...metadata, name, finalizers: [restoreFinalizer] } }),
    workload: { uid: `workload-${name}`, replicas: minReplicas },
    autoscalers: [{ name, uid: `hpa-${name}`, minReplicas, maxReplicas }],
  };
}

export function planned(target: string, minReplicas: number, maxReplicas: number): TargetPlan {
  const raised = minReplicas > 4 ? { floor: minReplicas, floorMax: maxReplicas } : {};
  const bounds = { minReplicas, maxReplicas };
  return {
    target,
    autoscaler: target,
    bounds,
    action: 'Write',
    ...raised,
    reason: 'SaleAhead',
    because: [],
    conditions: [],
  };
}

export function hpa(name: string) {
  return {
    metadata: { name, namespace, uid: `hpa-${name}`, resourceVersion: '7' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas: 4, maxReplicas: 20 },
  };
}
