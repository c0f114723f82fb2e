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
    const { kind = 'Deployment', name: workload = '' } = hpa.spec?.scaleTargetRef ?? {};
    const whose =
      pods === undefined ? labels : [`namespace="${namespace}"`, `pod=~"${podPattern(workload, kind)}"`, ...labels];
    return [{ from: `the HPA's metric ${name}`, query: `sum(${name}{${whose.join(',')}})` }];
  });
  return [...triggers, ...metrics];
}

/** One rate of a counter in a query: its name, and its labels. */
const rated = /\bi?rate\s*\(\s*([a-zA-Z_:][\w:]*)\s*(\{[^{}]*\})?\s*\[\w+\]\s*\)/g;
const grouping = '(?:by|without)\\s*\\([^()]*\\)';
/** Sums that keep requests per second: of series, of two rates, and with zero where there is none. */
const sums = new RegExp(
  `sum\\s*(?:${grouping}\\s*)?\\(\\s*RATE\\s*\\)(?:\\s*${grouping})?|\\(\\s*RATE\\s*\\)|RATE\\s*\\+\\s*RATE|RATE\\s+or\\s+vector\\(\\s*0\\s*\\)`,
);

/**
 * Whether a query is requests per second: the rates of counters of requests and their sums. An increase over minutes, a
 * mean, a ratio, a quantile, a multiple, and rates of CPU seconds, bytes, errors or messages are no demand.
 */
function isRateOfRequests(query: string): boolean {
  let rest = query
    .trim()
    .replaceAll(rated, (whole, name: string, labels = '') =>
      isCounterOfRequests(name) && !onlyErrors.test(labels) ? 'RATE' : whole,
    );
  while (sums.test(rest)) rest = rest.replace(sums, 'RATE');
  return rest === 'RATE';
}

/** Labels that leave only requests with an answer of a kind: `status=~"5.."`. */
const onlyErrors = /(?:status|code)\w*\s*=~?\s*"[45]/;

function isCounterOfRequests(name: string): boolean {
  const isPart = /bytes|errors?|fail|drop|retr|_sum$|_bucket$|_created$/i.test(name);
  return /request|http|hits|rpc|_rq_/i.test(name) && !isPart;
}
