import type { V1LimitRange, V1PodSpec, V1ResourceQuota } from '@kubernetes/client-node';
import type { PodShape, Resources } from '../../api/pods/pod-requests.ts';
import type { Wire } from '../../kube/resources/wire.ts';
import type { LimitRangeObservation, QuotaObservation } from './capacity-observation.ts';

/** Resources that a raise uses, by the names that quotas have for them. */
const counted: readonly string[] = [
  'pods',
  'count/pods',
  'cpu',
  'requests.cpu',
  'limits.cpu',
  'memory',
  'requests.memory',
  'limits.memory',
];

/**
 * Observes a quota that counts all pods of workloads that run for good; undefined for one of other pods.
 *
 *   scopes                              →  counts
 *   none, NotTerminating                   yes
 *   NotBestEffort                          yes: pods without any request are none of a planned peak
 *   Terminating, BestEffort, others        no
 *   a selector of priority classes         no
 */
export function observeQuota({ metadata, spec, status }: Wire<V1ResourceQuota>): QuotaObservation | undefined {
  const countsAll = (spec?.scopes ?? []).every(scope => scope === 'NotTerminating' || scope === 'NotBestEffort');
  if (!countsAll || spec?.scopeSelector !== undefined) return undefined;
  const hard = only(status?.hard ?? spec?.hard, counted);
  return { name: metadata?.name ?? '', hard, used: only(status?.used, counted) };
}

/** Observes what a LimitRange asks of containers and pods. */
export function observeLimitRange({ metadata, spec }: Wire<V1LimitRange>): LimitRangeObservation {
  const limits = (spec?.limits ?? []).flatMap(item => {
    const { type, max, min, defaultRequest } = item;
    if (type !== 'Container' && type !== 'Pod') return [];
    // The client's model calls it `_default`; on the wire it has its own name.
    const { default: limit } = item as { readonly default?: Resources };
    const request = computed(defaultRequest);
    return [{ type, max: computed(max), min: computed(min), limit: computed(limit), request } as const];
  });
  return { name: metadata?.name ?? '', limits };
}

/** Observes what the pods of a workload request; undefined where it has no pod template. */
export function observePodShape(spec: Wire<V1PodSpec> | undefined): PodShape | undefined {
  if (spec === undefined) return undefined;
  const container = ({ name, resources, restartPolicy }: Wire<V1PodSpec>['containers'][number]) => ({
    name,
    resources: { requests: computed(resources?.requests), limits: computed(resources?.limits) },
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
  });
  const { containers, initContainers = [], resources, overhead } = spec;
  return {
    containers: containers.map(container),
    ...(initContainers.length === 0 ? {} : { initContainers: initContainers.map(container) }),
    ...(resources === undefined
      ? {}
      : { resources: { requests: computed(resources.requests), limits: computed(resources.limits) } }),
    ...(overhead === undefined ? {} : { overhead: computed(overhead) }),
  };
}

function computed(resources: Resources | undefined): Resources {
  return only(resources, ['cpu', 'memory']);
}

function only(resources: Resources | undefined, names: readonly string[]): Resources {
  return Object.fromEntries(Object.entries(resources ?? {}).filter(([name]) => names.includes(name)));
}
