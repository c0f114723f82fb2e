import type { autoscalers } from '../../kube/resources/resource-kind.ts';

type Metrics = NonNullable<NonNullable<NonNullable<(typeof autoscalers)['object']>['spec']>['metrics']>;
type Metric = Metrics[number];

/** The capacity of one replica according to the metrics of an HPA, and a description of these metrics. */
export interface MetricsCapacity {
  /** The only per-pod target whose name says requests per second; absent when there is none or more than one. */
  readonly rate?: { readonly metric: string; readonly quantity: string };
  /** Description: `cpu (60 % of its request) and external metric queue_length (30 per pod)`. */
  readonly found: string;
}

/**
 * Judges the metrics of an HPA by name and target: only an average per pod of requests per second is the capacity of
 * one replica. Queue lengths, CPU, counts per minute, errors and totals are not.
 */
export function capacityOfMetrics(metrics: Metrics): MetricsCapacity {
  const found = metrics.length === 0 ? 'cpu (by default)' : metrics.map(describeMetric).join(' and ');
  const rates = metrics.flatMap(metric => {
    const { name, target } = namedMetric(metric) ?? {};
    const quantity = target?.averageValue;
    const isRate = name !== undefined && isRequestsPerSecond(name);
    return isRate && quantity !== undefined ? [{ metric: name, quantity: String(quantity) }] : [];
  });
  const [rate] = rates;
  return rate !== undefined && rates.length === 1 ? { rate, found } : { found };
}

/** Tells whether a metric's name says requests per second of the whole service: `http_requests_per_second`, `rps`. */
export function isRequestsPerSecond(name: string): boolean {
  const text = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const unitless = text.replace(perSecond, ' ').replace(perPod, ' ');
  const isPerSecond = unitless !== text && perSecond.test(text);
  const words = unitless.split(/[^a-z0-9]+/);
  if (words.some(word => otherThings.has(word) || /^(\d+|\dxx|p\d+)$/.test(word))) return false;
  if (words.some(word => shortRates.has(word))) return true;
  return isPerSecond && words.some(word => requests.has(word));
}

const perSecond = /(?<![a-z])per[^a-z0-9]*(second|sec|s)(?![a-z])|(?<=req(uest)?s?)\/s(ec)?(?![a-z])/;
const perPod = /(?<![a-z])per[^a-z0-9]*(pod|replica|instance)(?![a-z])/;
const shortRates = new Set(['rps', 'qps']);
const requests = new Set(['request', 'requests', 'req', 'reqs', 'rq', 'queries', 'hits']);
/** Words in a metric's name that mean another quantity, or only a part of the requests. */
const otherThings = new Set([
  ...['per', 'minute', 'min', 'hour', 'queue', 'queued', 'lag', 'backlog', 'pending', 'inflight', 'flight', 'waiting'],
  ...['cpu', 'memory', 'bytes', 'bits', 'packets', 'duration', 'latency', 'seconds', 'ms', 'milliseconds', 'time'],
  ...['error', 'errors', 'failed', 'failures', 'dropped', 'rejected', 'cancelled', 'throttled', 'retries', 'slow'],
  ...['outgoing', 'outbound', 'upstream', 'client', 'db', 'database', 'sql', 'redis', 'cache', 'dns', 'limit', 'ratio'],
]);

function namedMetric({ pods, external, object }: Metric) {
  const metric = pods ?? external ?? object;
  return metric === undefined ? undefined : { name: metric.metric.name, target: metric.target };
}

function describeMetric(metric: Metric): string {
  const { type, resource, containerResource, external, object } = metric;
  if (resource !== undefined) return `${resource.name} (${describeTarget(resource.target)})`;
  if (containerResource !== undefined) {
    const { name, container, target } = containerResource;
    return `${name} of container ${container} (${describeTarget(target)})`;
  }
  const named = namedMetric(metric);
  if (named === undefined) return `a metric of type ${type}`;
  const whose = object === undefined ? '' : ` of ${object.describedObject.kind} ${object.describedObject.name}`;
  const kind = external === undefined ? 'metric' : 'external metric';
  return `${kind} ${named.name}${whose} (${describeTarget(named.target)})`;
}

function describeTarget({
  averageUtilization,
  averageValue,
  value,
}: NonNullable<Metric['resource']>['target']): string {
  if (averageUtilization !== undefined) return `${averageUtilization} % of its request`;
  return averageValue === undefined ? `${value ?? 'no target'} in total` : `${averageValue} per pod`;
}
