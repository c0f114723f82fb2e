import { ownValue } from '../api/names/own-value.ts';
import { amountOf, type DefaultAmounts, podRequest } from '../api/pods/pod-requests.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';

/** What sums of fractions may differ by, as a share. */
const tolerance = 1e-9;

/**
 * Checks that a namespace's quota has room for every workload at its highest; otherwise a pre-scaled peak stops at the
 * quota.
 */
export const checkQuota: Rule = {
  code: 'quota',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const peak = peakOf(objects);
  const quotas = objectsOf(objects, 'ResourceQuota').filter(({ spec }) => countsAllPods(spec));
  return quotas.flatMap(({ object, spec }) =>
    Object.entries(peak).flatMap(([resource, needed]) => {
      const hard = amountOf(spec.hard, resource);
      if (hard === undefined || hard >= needed - tolerance * needed) return [];
      return [
        {
          object,
          field: ['spec', 'hard', resource],
          message: `${resource} ${ownValue(spec.hard, resource)} is less than the planned peak needs: ${describe(needed)}`,
        },
      ];
    }),
  );
}

/** The requests of the namespace with every workload at its highest, under each name that a quota may use for them. */
function peakOf(objects: readonly ManifestObject[]): Readonly<Record<string, number>> {
  const defaults = defaultRequests(objects);
  const needs = objectsOf(objects, 'Workload').map(({ object, spec }) => {
    const replicas = highestReplicas(objects, object, spec.replicas);
    const sum = (resource: string) => replicas * podRequest(spec.template.spec, resource, defaults);
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

/** What the namespace's LimitRanges give to containers without a request, as the API server fills them in. */
function defaultRequests(objects: readonly ManifestObject[]): DefaultAmounts {
  const limits = objectsOf(objects, 'LimitRange')
    .flatMap(({ spec }) => spec.limits)
    .filter(({ type }) => type === 'Container');
  const amounts = ['cpu', 'memory'].flatMap(resource =>
    limits.flatMap(limit => {
      const amount = [limit.defaultRequest, limit.default, limit.max, limit.min]
        .map(each => amountOf(each, resource))
        .find(each => each !== undefined);
      return amount === undefined ? [] : [[resource, amount] as const];
    }),
  );
  return Object.fromEntries(amounts);
}

/** Whether a quota counts every pod of a workload that runs for good; scopes may leave some out. */
function countsAllPods({
  scopes,
  scopeSelector,
}: {
  readonly scopes?: readonly string[] | null | undefined;
  readonly scopeSelector?: unknown;
}): boolean {
  return scopeSelector === undefined && (scopes ?? []).every(scope => scope === 'NotTerminating');
}

function describe(value: number): string {
  return value >= 2 ** 30 ? `${Math.ceil(value / 2 ** 30)}Gi` : String(Math.ceil(value));
}
