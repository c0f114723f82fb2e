import type { LabelledCounter } from '../metric-stores/labelled-prometheus.ts';

const dayMs = 86_400_000;
/** A day's wave between 50 % and 150 % of a mean. */
const wave = (mean: number) => (at: number) => mean * (1 + 0.5 * Math.sin((2 * Math.PI * at) / dayMs));
const counter = (name: string, mean: number, labels: Readonly<Record<string, string>>): LabelledCounter => ({
  name,
  labels,
  perSecond: wave(mean),
});
const pod = { namespace: 'shop', pod: 'web-6d5f9c7b8d-x2x4z', instance: '10.0.0.7:8080', job: 'shop/web' };
/** Pods of another workload whose name begins alike, which are never counted. */
const other = { ...pod, pod: 'web-admin-6d5f9c7b8d-x2x4z', job: 'shop/web-admin' };

const istio = {
  connection_security_policy: 'mutual_tls',
  destination_app: 'web',
  destination_canonical_service: 'web',
  destination_service: 'web.shop.svc.cluster.local',
  destination_service_name: 'web',
  destination_service_namespace: 'shop',
  destination_version: 'v1',
  destination_workload: 'web',
  destination_workload_namespace: 'shop',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
  source_workload: 'istio-ingressgateway',
  source_workload_namespace: 'istio-system',
};
const linkerd = { namespace: 'shop', deployment: 'web', pod: 'web-6d5f9c7b8d-x2x4z', tls: 'true', target_port: '8080' };
const nginx = {
  canary: '',
  controller_class: 'k8s.io/ingress-nginx',
  controller_namespace: 'ingress-nginx',
  host: 'shop.example',
  ingress: 'shop',
  method: 'GET',
  path: '/',
  status: '200',
};
const otel = { http_request_method: 'GET', http_response_status_code: '200', http_route: '/cart', url_scheme: 'http' };
const spring = { error: 'none', exception: 'none', method: 'GET', outcome: 'SUCCESS', status: '200' };

/** What each project publishes of 100 requests a second to `web`, in two series, beside series that are none of them. */
export const published: readonly (readonly [from: string, kind: string, counters: readonly LabelledCounter[]])[] = [
  [
    'Istio',
    'Deployment',
    [
      counter('istio_requests_total', 90, { ...istio, reporter: 'destination' }),
      counter('istio_requests_total', 10, { ...istio, reporter: 'destination', response_code: '404' }),
      counter('istio_requests_total', 100, { ...istio, reporter: 'source' }),
      counter('istio_requests_total', 70, { ...istio, reporter: 'destination', destination_workload: 'web-admin' }),
    ],
  ],
  [
    'Istio (waypoint)',
    'Deployment',
    [
      counter('istio_requests_total', 60, { ...istio, reporter: 'waypoint' }),
      counter('istio_requests_total', 40, { ...istio, reporter: 'waypoint', response_code: '302' }),
    ],
  ],
  [
    'Linkerd',
    'Deployment',
    [
      counter('request_total', 55, { ...linkerd, direction: 'inbound', authority: 'web.shop.svc.cluster.local' }),
      counter('request_total', 45, { ...linkerd, direction: 'inbound', authority: 'web:8080' }),
      counter('request_total', 300, {
        ...linkerd,
        direction: 'outbound',
        dst_deployment: 'cart',
        dst_namespace: 'shop',
      }),
    ],
  ],
  [
    'Linkerd',
    'StatefulSet',
    [counter('request_total', 100, { namespace: 'shop', statefulset: 'web', pod: 'web-0', direction: 'inbound' })],
  ],
  [
    'Envoy Gateway',
    'Deployment',
    [
      counter('envoy_cluster_upstream_rq_total', 80, {
        envoy_cluster_name: 'httproute/shop/web/rule/0',
        namespace: 'envoy-gateway-system',
      }),
      counter('envoy_cluster_upstream_rq_total', 20, {
        envoy_cluster_name: 'httproute/shop/web/rule/1',
        namespace: 'envoy-gateway-system',
      }),
      counter('envoy_cluster_upstream_rq_total', 30, { envoy_cluster_name: 'httproute/shop/web-admin/rule/0' }),
    ],
  ],
  [
    'NGINX Ingress',
    'Deployment',
    [
      counter('nginx_ingress_controller_requests', 97, {
        ...nginx,
        exported_namespace: 'shop',
        exported_service: 'web',
        namespace: 'ingress-nginx',
        service: 'ingress-nginx-controller-metrics',
      }),
      counter('nginx_ingress_controller_requests', 3, {
        ...nginx,
        status: '499',
        exported_namespace: 'shop',
        exported_service: 'web',
      }),
    ],
  ],
  [
    'NGINX Ingress',
    'Deployment',
    [counter('nginx_ingress_controller_requests', 100, { ...nginx, namespace: 'shop', service: 'web' })],
  ],
  [
    'OpenTelemetry',
    'Deployment',
    [
      counter('http_server_request_duration_seconds_count', 100, {
        ...otel,
        k8s_namespace_name: 'shop',
        k8s_deployment_name: 'web',
        job: 'shop/web',
      }),
    ],
  ],
  [
    'OpenTelemetry',
    'StatefulSet',
    [
      counter('http_server_request_duration_seconds_count', 100, {
        ...otel,
        k8s_namespace_name: 'shop',
        k8s_statefulset_name: 'web',
      }),
    ],
  ],
  [
    'OpenTelemetry',
    'Deployment',
    [
      counter('http_server_request_duration_seconds_count', 100, { ...otel, job: 'shop/web', instance: '627cc493' }),
      counter('http_server_request_duration_seconds_count', 70, { ...otel, job: 'shop/web-admin' }),
    ],
  ],
  [
    'OpenTelemetry',
    'Deployment',
    [
      counter('http_server_request_duration_seconds_count', 100, { ...otel, ...pod, job: 'pods' }),
      counter('http_server_request_duration_seconds_count', 70, { ...otel, ...other, job: 'pods' }),
    ],
  ],
  [
    'Spring (Micrometer)',
    'Deployment',
    [
      counter('http_server_requests_seconds_count', 94, { ...pod, ...spring, uri: '/cart/{id}' }),
      counter('http_server_requests_seconds_count', 6, { ...pod, ...spring, uri: 'UNKNOWN', status: '404' }),
      counter('http_server_requests_seconds_count', 1, { ...pod, ...spring, uri: '/actuator/prometheus' }),
      counter('http_server_requests_seconds_count', 70, { ...other, ...spring, uri: '/users' }),
    ],
  ],
  [
    'Rails (prometheus_exporter)',
    'Deployment',
    [
      counter('ruby_http_requests_total', 92, { ...pod, controller: 'carts', action: 'show', status: '200' }),
      counter('ruby_http_requests_total', 8, { ...pod, controller: 'other', action: 'other', status: '404' }),
      counter('ruby_http_requests_total', 70, { ...other, controller: 'users', action: 'index', status: '200' }),
    ],
  ],
  [
    'its own http_requests_total',
    'StatefulSet',
    [
      counter('http_requests_total', 100, { namespace: 'shop', pod: 'web-0', method: 'get', code: '200' }),
      counter('http_requests_total', 70, { ...other, method: 'get', code: '200' }),
    ],
  ],
];

/** Series of others that every store has, and that are nobody's demand. */
export const noise = [
  counter('http_requests_total', 5, { namespace: 'monitoring', pod: 'web-6d5f9c7b8d-x2x4z', handler: '/metrics' }),
  counter('istio_requests_total', 9, { ...istio, reporter: 'destination', destination_workload_namespace: 'test' }),
];
