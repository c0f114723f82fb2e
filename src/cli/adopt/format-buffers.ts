import { placeholderLabel } from '../../api/group.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { apiVersionOf, capacityBuffers } from '../../kube/resources/resource-kind.ts';
import { writeYaml } from '../output/write-yaml.ts';

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
  return objects.map(writeYaml).join('---\n');
}
