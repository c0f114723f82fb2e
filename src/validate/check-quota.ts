import { parseQuantity, quantityPattern } from '../api/quantity.ts';
import type { Remark, Rule } from './finding.ts';
import { type Container, objectsOf } from './known-objects.ts';
import type { ManifestObject } from './manifest-object.ts';
import { scalingTargetsOf } from './our-objects.ts';

/** A namespace's quota holds every workload at its highest: else a pre-scaled peak stops at the quota, pods short. */
export const checkQuota: Rule = {
  name: 'quota',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const peak = peakOf(objects);
  return objectsOf(objects, 'ResourceQuota').flatMap(({ object, spec }) =>
    Object.entries(peak).flatMap(([resource, needed]) => {
      const hard = spec.hard[resource];
      if (hard === undefined || !isQuantity(hard) || parseQuantity(String(hard)) >= needed) return [];
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

/** What the namespace requests with every workload at its highest, under each name that a quota may have for it. */
function peakOf(objects: readonly ManifestObject[]): Readonly<Record<string, number>> {
  const needs = objectsOf(objects, 'Workload').map(({ object, spec }) => {
    const replicas = highestReplicas(objects, object, spec.replicas);
    const { containers, initContainers = [] } = spec.template.spec;
    const sum = (resource: string) => {
      const together = containers.reduce((total, each) => total + requestOf(each, resource), 0);
      return replicas * Math.max(together, ...initContainers.map(each => requestOf(each, resource)));
    };
    return { cpu: sum('cpu'), memory: sum('memory'), pods: replicas };
  });
  const total = (resource: 'cpu' | 'memory' | 'pods') => needs.reduce((sum, need) => sum + need[resource], 0);
  const [cpu, memory, pods] = [total('cpu'), total('memory'), total('pods')];
  return { 'requests.cpu': cpu, cpu, 'requests.memory': memory, memory, pods, 'count/pods': pods };
}

/** A target's ceiling, else an HPA's maximum, else what the workload states, or one. */
function highestReplicas(objects: readonly ManifestObject[], { kind, name }: ManifestObject, stated = 1): number {
  const target = scalingTargetsOf(objects).find(
    ({ target: { spec } }) => spec.workloadRef.kind === kind && spec.workloadRef.name === name,
  );
  const autoscaler = objectsOf(objects, 'HorizontalPodAutoscaler').find(
    ({ spec: { scaleTargetRef } }) => scaleTargetRef.kind === kind && scaleTargetRef.name === name,
  );
  return target?.target.spec.ceiling ?? autoscaler?.spec.maxReplicas ?? stated;
}

function requestOf({ resources }: Container, resource: string): number {
  const stated = resources?.requests?.[resource];
  return stated !== undefined && isQuantity(stated) ? parseQuantity(String(stated)) : 0;
}

/** One that is not is told by the rule `schema`. */
function isQuantity(value: string | number): boolean {
  return quantityPattern.test(String(value));
}

function describe(value: number): string {
  return value >= 2 ** 30 ? `${Math.ceil(value / 2 ** 30)}Gi` : String(Math.ceil(value));
}
