import { expect, test } from 'vitest';
import { ownDemand } from '../../../src/cli/adopt/own-demand.ts';

const hpa = { metadata: { name: 'web', namespace: 'shop' }, spec: {} };
const triggered = (query: string) => ({
  metadata: { name: 'web' },
  spec: { triggers: [{ type: 'prometheus', metadata: { query, threshold: '40' } }] },
});

test.each([
  ['sum(rate(http_requests_total{service="web"}[1m]))', 1],
  ['sum(rate(http_server_request_duration_seconds_count[2m]))', 1],
  ['sum(irate(envoy_cluster_upstream_rq_total[1m]))', 1],
  ['sum(rate(container_cpu_usage_seconds_total[1m]))', 0],
  ['sum(rate(http_response_bytes_total[1m]))', 0],
  ['sum(rate(http_request_duration_seconds_sum[1m])) / sum(rate(http_request_duration_seconds_count[1m]))', 0],
  ['sum by (app) (irate(http_requests_total{app="web"}[30s])) + sum(rate(grpc_server_handled_rpc_total[1m]))', 1],
  ['(sum(rate(http_requests_total[1m])) by (app)) or vector(0)', 1],
  ['max(kafka_consumergroup_lag)', 0],
  ['histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket[5m])) by (le))', 0],
  ['sum(rate(http_request_duration_seconds_bucket[5m]))', 0],
  ['sum(increase(http_requests_total[1m]))', 0],
  ['sum(rate(http_requests_total[1m])) * 60', 0],
  ['avg(rate(http_requests_total[1m]))', 0],
  ['sum(rate(http_requests_total{code=~"5.."}[1m]))', 0],
  ['sum(rate(http_request_errors_total[1m]))', 0],
])('KEDA’s trigger %s is %i demand', (query, count) => {
  expect(ownDemand(hpa as never, triggered(query) as never)).toHaveLength(count);
});
