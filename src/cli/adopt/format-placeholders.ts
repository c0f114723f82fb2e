import type { V1PodSpec, V1PodTemplateSpec } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { placeholderLabel } from '../../api/group.ts';
import { type PodShape, podRequest } from '../../api/pods/pod-requests.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { Wire } from '../../kube/resources/wire.ts';

/** A target and the pod template of its workload. */
export interface PlacedTarget {
  readonly target: Pick<ScalingTarget, 'metadata'>;
  readonly template: Wire<V1PodTemplateSpec> | undefined;
}

/**
 * Formats a PriorityClass below all others and, for each target, a Deployment of placeholder pods as YAML. A placeholder
 * requests what the scheduler counts for a pod of the target, where that may run. It states no replicas: the operator
 * sets them, and whoever applies the file again changes none.
 *
 * @throws Error when a target's pods request nothing, so that no room can be kept for them
 */
export function formatPlaceholders(
  targets: readonly PlacedTarget[],
  { image, priorityClass }: { readonly image: string; readonly priorityClass: string },
): string {
  const priority = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: priorityClass },
    value: -10,
    preemptionPolicy: 'Never',
    description: 'Placeholder pods that give way to all others.',
  };
  const objects = [priority, ...targets.map(one => deploymentOf(one, { image, priorityClass }))];
  return objects.map(object => stringify(object, { compat: 'yaml-1.1', lineWidth: 0 })).join('---\n');
}

function deploymentOf(
  { target: { metadata }, template }: PlacedTarget,
  { image, priorityClass }: { readonly image: string; readonly priorityClass: string },
) {
  const labels = { [placeholderLabel]: metadata.name };
  const { nodeSelector, tolerations, affinity, runtimeClassName } = template?.spec ?? {};
  const requests = requestsOf(template?.spec);
  if (Object.keys(requests).length === 0)
    throw new Error(`the pods of ${metadata.name} request nothing, so no room is kept for them: state their requests`);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${metadata.name}-placeholder`, namespace: metadata.namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: priorityClass,
          terminationGracePeriodSeconds: 0,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: 65_535, seccompProfile: { type: 'RuntimeDefault' } },
          ...(nodeSelector === undefined ? {} : { nodeSelector }),
          ...(tolerations === undefined ? {} : { tolerations }),
          ...(affinity?.nodeAffinity === undefined ? {} : { affinity: { nodeAffinity: affinity.nodeAffinity } }),
          ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
          containers: [
            {
              name: 'pause',
              image,
              // Limits equal requests, so that quotas and LimitRanges on limits admit the pod.
              resources: { requests, limits: requests },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  };
}

/** What one pod requests of every resource that its template names. */
function requestsOf(spec: Wire<V1PodSpec> | undefined): Readonly<Record<string, string>> {
  if (spec === undefined) return {};
  const shape: PodShape = spec;
  const stated = [...spec.containers, ...(spec.initContainers ?? []), spec].flatMap(({ resources }) =>
    Object.keys({ ...resources?.limits, ...resources?.requests }),
  );
  return Object.fromEntries(
    [...new Set(stated)].sort().flatMap(resource => {
      const amount = podRequest({ ...shape, overhead: undefined }, resource);
      return amount === 0 ? [] : [[resource, formatAmount(amount, resource)]];
    }),
  );
}

/** An amount as a quantity, rounded up: `500m` of cpu, `1024Mi` of memory and disk, whole devices. */
function formatAmount(amount: number, resource: string): string {
  if (resource === 'cpu') return `${Math.ceil(amount * 1000 - 1e-6)}m`;
  if (resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-'))
    return `${Math.ceil(amount / 2 ** 20 - 1e-6)}Mi`;
  return `${Math.ceil(amount - 1e-6)}`;
}
