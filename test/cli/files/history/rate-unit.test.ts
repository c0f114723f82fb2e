import { expect, test } from 'vitest';
import { rateUnitOf } from '../../../../src/cli/files/history/rate-unit.ts';

test.each([
  ['requests_per_minute', 1 / 60],
  ['requestsPerMinute', 1 / 60],
  ['Requests (per minute)', 1 / 60],
  ['rpm', 1 / 60],
  ['checkout.rpm', 1 / 60],
  ['req/min', 1 / 60],
  ['req / 5 min', 1 / 300],
  ['requests per 5m', 1 / 300],
  ['per_hour', 1 / 3600],
  ['rph', 1 / 3600],
  ['hits/h', 1 / 3600],
  ['hourlyRequests', 1 / 3600],
  ['visits a day', 1 / 86_400],
  ['daily visits', 1 / 86_400],
  ['Anfragen pro Minute', 1 / 60],
  ['Anfragen je Stunde', 1 / 3600],
  ['rpmin', 1 / 60],
  ['rq_1m', 1 / 60],
  ['sum_1h', 1 / 3600],
  ['requests_5m', 1 / 300],
  ['15min hits', 1 / 900],
  ['requests_minute', 1 / 60],
  ['increase(http_requests_total[1m])', 1 / 60],
  ['sum(rate(http_requests_total[1m])) * 60', 1 / 60],
  ['Requests [1/min]', 1 / 60],
  ['req min-1', 1 / 60],
  ['requests·s⁻¹', 1],
  ['requêtes par minute', 1 / 60],
  ['richieste al minuto', 1 / 60],
  ['Aufrufe für Käse pro Minute', 1 / 60],
  ['krpm', 1000 / 60],
  ['kreq/s', 1000],
  ['req/ms', 1000],
  ['rps', 1],
  ['qps', 1],
  ['req/s', 1],
  ['requests per second', 1],
  ['requests_per_second', 1],
])('%s is a rate', (column, factor) => {
  const unit = rateUnitOf(column);
  expect(unit.kind === 'Rate' ? unit.factor : unit).toBeCloseTo(factor, 9);
});

test.each([
  ['requests', 'Count'],
  ['http_requests_total', 'Count'],
  ['count', 'Count'],
  ['requests (thousands)', 'Count'],
  ['cpu_percent', 'Other'],
  ['bytes_per_second', 'Other'],
  ['requests_per_pod', 'Other'],
  ['queue depth', 'Other'],
  ['active users', 'Other'],
  ['p95_ms', 'Other'],
  ['http_server_requests_seconds_count', 'Count'],
  ['value', 'None'],
  ['', 'None'],
  ['wert', 'None'],
  ['average', 'None'],
  ['checkout/payments', 'None'],
  ['sum(rate(http_requests_total[5m]))', 'None'],
])('%s is %s', (column, kind) => {
  expect(rateUnitOf(column).kind).toBe(kind);
});
