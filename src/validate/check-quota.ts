import { parseQuantity, quantityPattern } from '../api/quantity.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';
import { type Container, objectsOf } from './known-objects.ts';

/**
 * Checks that a namespace's quota has room for every workload at its highest; otherwise a pre-scaled peak stops at the
 * quota.
 */
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

/** The requests of the namespace with every workload at its highest, under each name that a quota may use for them. */
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

/**
 * The most replicas of a workload: the target's ceiling, else the HPA's maximum, else what the workload states, else
 * one.
 */
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

/** Whether a value is a quantity; the rule `schema` reports those that are not. */
function isQuantity(value: string | number): boolean {
  return quantityPattern.test(String(value));
}

function describe(value: number): string {
  return value >= 2 ** 30 ? `${Math.ceil(value / 2 ** 30)}Gi` : String(Math.ceil(value));
}
