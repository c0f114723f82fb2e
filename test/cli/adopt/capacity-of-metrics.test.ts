import { describe, expect, test } from 'vitest';
import { capacityOfMetrics, isRequestsPerSecond } from '../../../src/cli/adopt/capacity-of-metrics.ts';

type Metrics = Parameters<typeof capacityOfMetrics>[0];
const pods = (name: string, averageValue = '45'): Metrics[number] => ({
  type: 'Pods',
  pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
});
const external = (name: string, target: object): Metrics[number] => ({
  type: 'External',
  external: { metric: { name }, target: { type: 'AverageValue', ...target } },
});
const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' };
const object = (name: string, target: object): Metrics[number] => ({
  type: 'Object',
  object: { describedObject: ingress, metric: { name }, target: { type: 'AverageValue', ...target } },
});
const cpu: Metrics[number] = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
};

describe('a metric is named as requests per second', () => {
  test.each([
    ...['http_requests_per_second', 'requests-per-second', 'requestsPerSecond', 'http2_requests_per_sec', 'rps', 'qps'],
    ...['istio_requests_per_second', 'http.requests.per_second', 'requests/s', 'req/s', 'reqs_per_s'],
    ...['http_requests_per_second_per_pod', 'nginx-rps'],
  ])('%s', name => {
    expect(isRequestsPerSecond(name)).toBe(true);
  });
});

describe('a metric is not taken for requests per second', () => {
  test.each([
    ...['cpu', 'memory', 'queue_length', 'sqs_messages_visible', 's0-rabbitmq-orders', 'kafka_lag', 'backlog'],
    ...[
      'http_requests',
      'http_requests_total',
      'request_rate',
      'http_requests_per_minute',
      'rpm',
      'requests_in_flight',
    ],
    ...['packets-per-second', 'bytes_per_second', 'messages_per_second', 'cpu_seconds_per_second', 'jobs_per_second'],
    ...[
      'http_errors_per_second',
      'http_requests_5xx_per_second',
      'failed_requests_per_second',
      'queue_requests_per_second',
    ],
    ...[
      'http_request_duration_seconds',
      'request_latency_p95',
      'db_queries_per_second',
      'requests_per_second_per_core',
    ],
    ...['upstream_rps', 'corps', 'requests_per_session', 'datadogmetric@shop:checkout'],
  ])('%s', name => {
    expect(isRequestsPerSecond(name)).toBe(false);
  });
});

describe('the capacity of a replica', () => {
  test.each<[string, Metrics]>([
    ['per pod', [pods('http_requests_per_second')]],
    ['beside cpu', [cpu, pods('rps')]],
    ['an external one divided by the replicas', [external('requests_per_second', { averageValue: '45' })]],
    ["an object's, divided by the replicas", [object('requests-per-second', { averageValue: '45' })]],
  ])('is the target of the one rate: %s', (_, metrics) => {
    expect(capacityOfMetrics(metrics).rate?.quantity).toBe('45');
  });

  test.each<[string, Metrics, string]>([
    ['no metrics', [], 'cpu (by default)'],
    ['cpu', [cpu], 'cpu (60 % of its request)'],
    ['a queue', [external('queue_length', { averageValue: '30' })], 'external metric queue_length (30 per pod)'],
    [
      'a total of all replicas',
      [object('requests-per-second', { type: 'Value', value: '2k' })],
      'metric requests-per-second of Ingress main (2k in total)',
    ],
    [
      'one container',
      [
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container: 'app', target: { type: 'AverageValue', averageValue: '500m' } },
        },
      ],
      'cpu of container app (500m per pod)',
    ],
    ['two rates', [pods('rps'), pods('qps', '9')], 'metric rps (45 per pod) and metric qps (9 per pod)'],
    ['a type from a later Kubernetes', [{ type: 'Tokens' }], 'a metric of type Tokens'],
  ])('is not told by %s, which is named', (_, metrics, found) => {
    expect(capacityOfMetrics(metrics)).toEqual({ found });
  });
});
