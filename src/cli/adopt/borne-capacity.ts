import type { Series } from '../../../forecasts/index.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import type { MetricSource } from '../../observe/metrics/metric-source.ts';
import { datadogTagOf } from './demand-candidates.ts';

/** The rate that a ready replica has borne, and how it was found. */
export interface BorneCapacity {
  /** Requests per second, as a Quantity. */
  readonly quantity: string;
  readonly from: string;
}

/** Share of the minutes that lie below the rate that is taken: the highest ones may have been answered late. */
const level = 0.95;
/** Fewest minutes with both numbers. */
const fewest = 1440;

/**
 * Finds the rate that a ready replica bore in its busy minutes: demand over ready replicas, P95 of the history, from what
 * kube-state-metrics counts. It is what the HPA let a replica bear, so a lower bound of what it can. Undefined where the
 * source has no count of replicas, or for less than a day.
 */
export async function borneCapacity(
  source: MetricSource,
  { kind, name, namespace }: Pick<WorkloadRef, 'kind' | 'name'> & { readonly namespace: string },
  { start, stepSeconds, values }: Series,
): Promise<BorneCapacity | undefined> {
  const end = start + values.length * stepSeconds * 1000;
  const query = readyReplicas(source.type, { kind, name, namespace });
  if (query === undefined) return undefined;
  const replicas = await source.readRange({ query, start, end, stepSeconds });
  const rates = values
    .flatMap((value, i) => {
      const ready = replicas.values[i] ?? null;
      return value === null || ready === null || ready <= 0 ? [] : [value / ready];
    })
    .sort((a, b) => a - b);
  const rate = rates[Math.min(rates.length - 1, Math.floor(level * rates.length))];
  if (rates.length < fewest || rate === undefined || rate <= 0) return undefined;
  return {
    quantity: formatQuantity(rate),
    from: `P95 of ${rates.length} minutes of requests per ready replica: a lower bound, measure it`,
  };
}

function readyReplicas(
  type: string,
  { kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string },
): string | undefined {
  const isStateful = kind === 'StatefulSet';
  if (kind !== 'Deployment' && !isStateful) return undefined;
  if (type === 'datadog') {
    const metric = isStateful ? 'statefulset.replicas_ready' : 'deployment.replicas_available';
    return `sum:kubernetes_state.${metric}{kube_namespace:${namespace},${datadogTagOf(kind)}:${name}}.rollup(avg, 60)`;
  }
  const metric = isStateful ? 'kube_statefulset_status_replicas_ready' : 'kube_deployment_status_replicas_ready';
  return `sum(${metric}{namespace="${namespace}",${kind.toLowerCase()}="${name}"})`;
}
