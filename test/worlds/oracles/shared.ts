import { isMissing } from '../../../src/api/missing.ts';
import type { TargetObservation } from '../../../src/observe/observation.ts';
import { liveOf, minimumAfter, type Oracle } from './look.ts';

/**
 * Invariant 3 for what targets share: whichever of a plan's writes come first, the minimums stay within the namespace's
 * total and within each limit, or do not grow where they are above it already.
 */
export const keepsShared: Oracle = ({ observation, plan }) => {
  const { policy, limits, targets } = observation;
  const counts = targets.map(observed => {
    const planned = plan.targets.find(({ target }) => target === observed.target.metadata.name);
    const live = liveOf(observed);
    const standing = Math.max(
      observed.target.spec.baseline.minReplicas,
      ...observed.autoscalers.map(({ minReplicas }) => minReplicas),
      live?.min ?? 0,
    );
    const highest =
      live === undefined || planned === undefined ? standing : Math.max(standing, minimumAfter(live, planned));
    return { observed, standing, highest };
  });
  const total = Math.min(policy.maxTotalReplicas ?? Number.POSITIVE_INFINITY, limits.replicasPerNamespace);
  const [stood, stands] = [sum(counts.map(({ standing }) => standing)), sum(counts.map(({ highest }) => highest))];
  return [
    ...(stands > Math.max(total, stood) ? [`3: ${stands} replicas above the total of ${total}`] : []),
    ...(policy.limits ?? []).flatMap(({ name, total: units }) => {
      const used = (of: 'standing' | 'highest') => sum(counts.map(count => usedBy(count.observed, name, count[of])));
      return used('highest') > Math.max(units, used('standing')) + 1e-6
        ? [`3: ${used('highest')} of limit ${name} of ${units}`]
        : [];
    }),
  ];
};

function usedBy({ target: { spec }, workload }: TargetObservation, limit: string, replicas: number): number {
  const use = spec.uses?.find(one => one.limit === limit);
  if (use === undefined) return 0;
  const { perReplica, perThousandRequests = 0 } = use;
  if (perReplica === undefined)
    return (
      (((replicas * Number(spec.capacityPerReplica)) / (1 + spec.headroomPercent / 100)) * perThousandRequests) / 1000
    );
  const surge = isMissing(workload) ? 0 : (workload.maxSurge ?? 0);
  const added = typeof surge === 'number' ? surge : Math.ceil((replicas * Number.parseFloat(surge)) / 100);
  return (replicas + added) * perReplica;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
