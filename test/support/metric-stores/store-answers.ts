import type { Answer } from './metric-store.ts';

/**
 * What metric stores answer where they do not give all the numbers, transcribed: status, headers and body as each sends them.
 * Those of Prometheus and VictoriaMetrics were taken from running servers of the versions named; those of Thanos, Mimir,
 * Cortex, M3 and Datadog from their sources and pages as named.
 */
const failed = (errorType: string, error: string) => ({ status: 'error', errorType, error });

/** Refusals of a question's size. */
export const tooLarge: Readonly<Record<string, Answer>> = {
  /** Prometheus 2.42.0 with --query.max-samples. */
  'Prometheus: too many samples': {
    status: 422,
    body: failed('execution', 'query processing would load too many samples into memory in query execution'),
  },
  /** Prometheus 2.42.0. */
  'Prometheus: 11,000 points': {
    status: 400,
    body: failed(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    ),
  },
  /** Prometheus 2.42.0 with --query.timeout. */
  'Prometheus: a query that takes too long': {
    status: 503,
    body: failed('timeout', 'query timed out in expression evaluation'),
  },
  /** VictoriaMetrics 1.148.0 with -search.maxSamplesPerQuery. */
  'VictoriaMetrics: too many samples': {
    status: 422,
    body: failed(
      '422',
      'cannot select more than -search.maxSamplesPerQuery=50 samples; possible solutions: increase the -search.maxSamplesPerQuery; reduce time range for the query; use more specific label filters in order to select fewer series',
    ),
  },
  /** VictoriaMetrics 1.148.0 with -search.maxPointsPerTimeseries. */
  'VictoriaMetrics: too many points': {
    status: 422,
    body: failed(
      '422',
      'error when executing query="sum(load)" on the time range (start=0, end=1000000000, step=60000): too many points for the given start=0, end=1000000000 and step=60000: 16667; the maximum number of points is 5000; (see -search.maxPointsPerTimeseries command-line flag)',
    ),
  },
  /** grafana/mimir 25bb13e, pkg/frontend/querymiddleware/errors.go. */
  'Mimir: the length of the range': {
    status: 400,
    body: failed(
      'bad_data',
      'the total query time range exceeds the limit (query length: 769h0m0s, limit: 768h0m0s) (err-mimir-max-total-query-length). To adjust the related per-tenant limit, configure -query-frontend.max-total-query-length, or contact your service administrator.',
    ),
  },
  /** cortexproject/cortex, pkg/util/validation; Amazon Managed Prometheus answers the same at 768 h (32 days). */
  'Cortex: the length of the range': {
    status: 422,
    body: failed('execution', 'the query time range exceeds the limit (query length: 769h0m0s, limit: 768h0m0s)'),
  },
  /** cortexproject/cortex, pkg/util/limiter/query_limiter.go. */
  'Cortex: too many chunks': {
    status: 422,
    body: failed('execution', 'expanding series: the query hit the max number of chunks limit (limit: 2000000 chunks)'),
  },
  /** thanos-io/thanos, pkg/store/limiter.go, as a store gateway's abort reaches the querier. */
  'Thanos: too many samples in a store': {
    status: 422,
    body: failed(
      'execution',
      'expanding series: proxy Series(): rpc error: code = ResourceExhausted desc = exceeded samples limit: limit 500000 violated (got 500001)',
    ),
  },
  /** grpc-go, of an answer between a store's parts. */
  'gRPC: a message too large': {
    status: 500,
    body: failed('internal', 'rpc error: code = ResourceExhausted desc = grpc: received message larger than max'),
  },
  /** nginx in front of any store. */
  'a proxy: 413': { status: 413, body: '<html><title>413 Request Entity Too Large</title></html>' },
  'a proxy: 504': { status: 504, body: '<html><title>504 Gateway Time-out</title></html>' },
};

const half = { resultType: 'matrix', result: [{ metric: {}, values: [[60, '60']] }] };

/** Answers with a part of the series, all with status 200 but the last. */
export const partial: Readonly<Record<string, Answer>> = {
  /** VictoriaMetrics cluster, app/vmselect/prometheus/query_range_response.qtpl. */
  'VictoriaMetrics: isPartial': { body: { status: 'success', isPartial: true, data: half } },
  /** thanos-io/thanos, pkg/store/proxy.go: the warning of a store that fails, in the top of the answer since 0.1. */
  'Thanos: a store that fails': {
    body: {
      status: 'success',
      data: half,
      warnings: [
        'receive series from Addr: 10.96.192.138:10901 LabelSets: {replica="0"} MinTime: 0 MaxTime: 9223372036854775807: rpc error: code = Unavailable desc = connection refused',
      ],
    },
  },
  'Thanos: warnings beside the result': {
    body: { status: 'success', data: { ...half, warnings: ['No StoreAPIs matched for this query'] } },
  },
  /** Prometheus' remote read, storage/fanout.go: a secondary that fails is a warning. */
  'Prometheus: a remote store that fails': {
    body: {
      status: 'success',
      data: half,
      warnings: ['PromQL info: metric might not be a counter', 'error sending request: context deadline exceeded'],
    },
  },
  /** m3db/m3, the header of results that a limit cut off. */
  'M3: results cut off': {
    headers: { 'M3-Results-Limited': 'max_fetch_series_limit_applied' },
    body: { status: 'success', data: half },
  },
  'HTTP: partial content': { status: 206, body: { status: 'success', data: half } },
};

/** Remarks and emptiness that leave an answer whole. */
export const whole: Readonly<Record<string, object>> = {
  /** prometheus/prometheus, util/annotations/annotations.go; 2.48 has infos among the warnings. */
  'PromQL’s own remarks': {
    warnings: [
      'PromQL warning: bucket label "le" is missing or has a malformed value of "" for metric name "load" (1:25)',
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "load" (1:6)',
      '3 more warning annotations omitted',
    ],
    infos: [
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "load" (1:6)',
    ],
  },
  'VictoriaMetrics’ flag of a whole answer': { isPartial: false, stats: { seriesFetched: '1', executionTimeMsec: 1 } },
  'no warnings': { warnings: [] },
};

/** Wishes to be left alone for 300 s, as headers of a 429 or a 503 sent at 10:00:00 UTC. */
const date = 'Fri, 20 Nov 2026 10:00:00 GMT';
export const restOf300: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Retry-After in seconds': { 'retry-after': '300' },
  'Retry-After as a date': { date, 'retry-after': 'Fri, 20 Nov 2026 10:05:00 GMT' },
  /** docs.datadoghq.com/api/latest/rate-limits. */
  'Datadog’s headers': {
    'x-ratelimit-limit': '100',
    'x-ratelimit-period': '3600',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '300',
  },
  'a reset in seconds since 1970': { date, 'x-ratelimit-reset': '1795169100' },
  'a reset in milliseconds since 1970': { date, 'x-ratelimit-reset': '1795169100000' },
  'the IETF draft': { ratelimit: 'limit=100, remaining=0, reset=300' },
  'the IETF draft’s structured form': { ratelimit: '"default";r=0;t=300' },
  milliseconds: { 'retry-after-ms': '300000' },
};
