import { parseQuantity } from '../api/quantity.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';
import type { ManifestObject } from './manifest-object.ts';
import { scalingTargetsOf } from './our-objects.ts';

/** A namespace's quota holds every target at its ceiling: else a pre-scaled peak stops at the quota, pods short. */
export const checkQuota: Rule = {
  name: 'quota',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const peak = peakOf(objects);
  return objectsOf(objects, 'ResourceQuota').flatMap(({ object, spec }) =>
    Object.entries(peak).flatMap(([resource, needed]) => {
      const hard = spec.hard[resource];
      if (hard === undefined || parseQuantity(String(hard)) >= needed) return [];
      return [
        {
          object,
          field: ['spec', 'hard', resource],
          message: `${resource} ${hard} is less than the planned peak needs: ${describe(needed)}`,
        },
      ];
    }),
  );
}

/** What the namespace requests with every target at its ceiling. */
function peakOf(objects: readonly ManifestObject[]): Readonly<Record<string, number>> {
  const workloads = objectsOf(objects, 'Workload');
  const needs = scalingTargetsOf(objects).flatMap(({ target }) => {
    const { workloadRef, ceiling } = target.spec;
    const workload = workloads.find(
      ({ object }) => object.kind === workloadRef.kind && object.name === workloadRef.name,
    );
    if (workload === undefined) return [];
    const requests = workload.spec.template.spec.containers.map(container => container.resources?.requests ?? {});
    const sum = (resource: string) =>
      ceiling * requests.reduce((total, each) => total + parseQuantity(String(each[resource] ?? 0)), 0);
    return [{ cpu: sum('cpu'), memory: sum('memory'), pods: ceiling }];
  });
  const total = (resource: 'cpu' | 'memory' | 'pods') => needs.reduce((sum, need) => sum + need[resource], 0);
  return { 'requests.cpu': total('cpu'), 'requests.memory': total('memory'), pods: total('pods') };
}

function describe(value: number): string {
  return value >= 2 ** 30 ? `${Math.ceil(value / 2 ** 30)}Gi` : String(Math.ceil(value));
}
