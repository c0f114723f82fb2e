import { stringify } from 'yaml';
import { placeholderLabel } from '../../api/group.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { apiVersionOf, capacityBuffers } from '../../kube/resources/resource-kind.ts';

/**
 * Formats a CapacityBuffer for each target as YAML, as large as the pods of its workload. It states neither replicas, which
 * the operator sets, nor a percentage, which autoscalers read differently beside them.
 */
export function formatBuffers(targets: readonly Pick<ScalingTarget, 'metadata' | 'spec'>[]): string {
  const objects = targets.map(({ metadata: { name, namespace }, spec: { workloadRef } }) => ({
    apiVersion: apiVersionOf(capacityBuffers),
    kind: capacityBuffers.kind,
    metadata: { name: `${name}-sale`, namespace, labels: { [placeholderLabel]: name } },
    spec: {
      scalableRef: {
        apiGroup: workloadRef.apiVersion.includes('/') ? workloadRef.apiVersion.split('/')[0] : '',
        kind: workloadRef.kind,
        name: workloadRef.name,
      },
    },
  }));
  return objects.map(object => stringify(object, { compat: 'yaml-1.1', lineWidth: 0 })).join('---\n');
}
