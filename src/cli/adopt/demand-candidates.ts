/** A query that may be the demand of a workload, and what it would show. */
export interface DemandCandidate {
  readonly query: string;
  /** Where its numbers come from: `Istio`, `the HPA's metric http_requests_per_second`. */
  readonly from: string;
  /** What its autoscaler aims at for each replica, as a Quantity; absent where it says nothing. */
  readonly perReplica?: string;
}

/** A workload whose demand is looked for. */
export interface SoughtWorkload {
  readonly namespace: string;
  /** Its kind: `Deployment`, `StatefulSet`. */
  readonly kind: string;
  readonly name: string;
  /** Whether a workload of another kind has the name too, so that what is counted by the name alone is of both. */
  readonly isNamesake: boolean;
  /** Queries that its autoscaler states itself, and the names of its metrics that are rates of requests. */
  readonly own: readonly DemandCandidate[];
}

/** Lists what may be the demand of a workload, the surest first: what its autoscaler says, meshes, then frameworks. */
export function demandCandidates(type: string, workload: SoughtWorkload): readonly DemandCandidate[] {
  return [...workload.own, ...(type === 'datadog' ? datadogCandidates(workload) : prometheusCandidates(workload))];
}

/** Windows of a rate, the shortest first: one minute has no value where pods are scraped once a minute. */
const windows = ['1m', '2m'];

/**
 * Templates of meshes, ingresses and frameworks, each counted where requests arrive at the workload.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 * @see https://linkerd.io/2/reference/proxy-metrics/
 * @see https://gateway.envoyproxy.io/docs/tasks/observability/gateway-observability/
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
function prometheusCandidates({ namespace, kind, name, isNamesake }: SoughtWorkload): readonly DemandCandidate[] {
  const pods = `namespace="${namespace}",pod=~"${podPattern(name, kind)}"`;
  const label = kind.toLowerCase();
  const templates: readonly (readonly [string, string])[] = [
    [
      'Istio',
      `istio_requests_total{reporter="destination",destination_workload_namespace="${namespace}",destination_workload="${name}"}`,
    ],
    [
      'Istio (waypoint)',
      `istio_requests_total{reporter="waypoint",destination_workload_namespace="${namespace}",destination_workload="${name}"}`,
    ],
    ['Linkerd', `request_total{direction="inbound",namespace="${namespace}",${label}="${name}"}`],
    [
      'Envoy Gateway',
      `envoy_cluster_upstream_rq_total{envoy_cluster_name=~"httproute/${namespace}/${escapeRegex(name)}/.*"}`,
    ],
    [
      'NGINX Ingress',
      `nginx_ingress_controller_requests{exported_namespace="${namespace}",exported_service="${name}"}`,
    ],
    ['NGINX Ingress', `nginx_ingress_controller_requests{namespace="${namespace}",service="${name}"}`],
    [
      'OpenTelemetry',
      `http_server_request_duration_seconds_count{k8s_namespace_name="${namespace}",k8s_${label}_name="${name}"}`,
    ],
    ['OpenTelemetry', `http_server_request_duration_seconds_count{job="${namespace}/${name}"}`],
    ['OpenTelemetry', `http_server_request_duration_seconds_count{${pods}}`],
    ['Spring (Micrometer)', `http_server_requests_seconds_count{${pods},uri!~"/actuator.*"}`],
    ['Rails (prometheus_exporter)', `ruby_http_requests_total{${pods}}`],
    ['its own http_requests_total', `http_requests_total{${pods}}`],
  ];
  const own = templates.filter(([, selector]) => !isNamesake || selector.includes(pods) || selector.includes(label));
  return windows.flatMap(window =>
    own.map(([from, selector]) => ({ from, query: `sum(rate(${selector}[${window}]))` })),
  );
}

/** Operations of Datadog's tracers that stand for a request to a web service. */
const operations = [
  ...['servlet', 'spring.handler', 'netty', 'http', 'web', 'express', 'fastify', 'koa', 'next', 'rack', 'rails'],
  ...['flask', 'django', 'fastapi', 'aiohttp', 'wsgi', 'aspnet_core', 'laravel', 'symfony', 'grpc.server'],
];

/** @see https://docs.datadoghq.com/tracing/metrics/metrics_namespace/ */
function datadogCandidates({ namespace, kind, name, isNamesake }: SoughtWorkload): readonly DemandCandidate[] {
  // The tags of Kubernetes are there where the agent adds them; a service is tagged by its name in any case.
  const byName = isNamesake ? [] : [`service:${name}`];
  const scopes = [`kube_namespace:${namespace},${datadogTagOf(kind)}:${name}`, ...byName];
  return scopes.flatMap(tags =>
    operations.map(operation => {
      const metric =
        operation === 'grpc.server' || operation === 'spring.handler'
          ? `trace.${operation}.hits`
          : `trace.${operation}.request.hits`;
      return { from: `Datadog APM, ${metric}`, query: `sum:${metric}{${tags}}.as_rate().rollup(avg, 60)` };
    }),
  );
}

/** Datadog's tag of a kind of workload: `kube_deployment`, `kube_stateful_set`. */
export function datadogTagOf(kind: string): string {
  return `kube_${kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}`;
}

/** Matches the pods of a workload of this kind and name, and of no other whose name begins like it. */
export function podPattern(name: string, kind: string): string {
  return `${escapeRegex(name)}-${kind === 'StatefulSet' ? '[0-9]+' : '[a-z0-9]+-[a-z0-9]{5}'}`;
}

/** Escapes a name for a regular expression within a string of PromQL, which takes a backslash itself. */
function escapeRegex(name: string): string {
  return name.replaceAll('.', '\\\\.');
}
