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
  ['max(kafka_consumergroup_lag)', 0],
])('KEDA’s trigger %s is %i demand', (query, count) => {
  expect(ownDemand(hpa as never, triggered(query) as never)).toHaveLength(count);
});
