import type { autoscalers, ScaledObject } from '../../kube/resources/resource-kind.ts';
import { isRequestsPerSecond } from './capacity-of-metrics.ts';
import { type DemandCandidate, podPattern } from './demand-candidates.ts';

type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/**
 * Lists the demand that an autoscaler states itself where it is a rate of requests: the query of a Prometheus trigger of
 * KEDA, and the metrics of an HPA by their names, as an adapter serves them from a series of that name.
 */
export function ownDemand(hpa: Autoscaler, scaledObject: ScaledObject | undefined): readonly DemandCandidate[] {
  const { namespace = 'default' } = hpa.metadata ?? {};
  const triggers = (scaledObject?.spec?.triggers ?? []).flatMap(
    ({ type, metricType = 'AverageValue', metadata = {} }) => {
      const { query, threshold } = metadata;
      const isRate = type === 'prometheus' && query !== undefined && isRateOfRequests(query);
      const isPerReplica = metricType === 'AverageValue' && threshold !== undefined && Number(threshold) > 0;
      return isRate ? [{ from: "KEDA's trigger", query, ...(isPerReplica ? { perReplica: threshold } : {}) }] : [];
    },
  );
  const metrics = (hpa.spec?.metrics ?? []).flatMap(({ pods, external, object }) => {
    const { name, selector } = (pods ?? external ?? object)?.metric ?? {};
    if (name === undefined || !isRequestsPerSecond(name) || !/^[a-zA-Z_:][\w:]*$/.test(name)) return [];
    const labels = Object.entries(selector?.matchLabels ?? {}).map(
      ([label, value]) => `${label}=${JSON.stringify(value)}`,
    );
    const { name: workload = '' } = hpa.spec?.scaleTargetRef ?? {};
    const whose =
      pods === undefined ? labels : [`namespace="${namespace}"`, `pod=~"${podPattern(workload)}"`, ...labels];
    return [{ from: `the HPA's metric ${name}`, query: `sum(${name}{${whose.join(',')}})` }];
  });
  return [...triggers, ...metrics];
}

/** Whether a query takes a rate of requests: one of CPU seconds, bytes or messages is no demand. */
function isRateOfRequests(query: string): boolean {
  const rated = [...query.matchAll(/\b(?:i?rate|increase)\s*\(\s*([a-zA-Z_:][\w:]*)/g)].map(([, name = '']) => name);
  return rated.length > 0 && rated.every(name => /request|http|hits|rpc|_rq_/i.test(name) && !/bytes|_sum$/.test(name));
}
