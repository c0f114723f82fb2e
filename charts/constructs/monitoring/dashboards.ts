import type { EnvironmentFacts } from '../../facts/environment-schema.ts';

interface Panel {
  readonly title: string;
  readonly promql: readonly string[];
  readonly datadog: readonly string[];
}

/** The panels to look at during a sale, from the objective down to the cause. */
const panels: readonly Panel[] = [
  {
    title: 'Forecast against actual, requests per second',
    promql: [
      'headstart_demand_requests_per_second',
      'headstart_forecast_requests_per_second{level="0.5"}',
      'headstart_forecast_requests_per_second{level="0.95"}',
    ],
    datadog: [
      'max:headstart.demand_requests_per_second{namespace:NAMESPACE} by {target}',
      'max:headstart.forecast_requests_per_second{namespace:NAMESPACE,level:0.5} by {target}',
      'max:headstart.forecast_requests_per_second{namespace:NAMESPACE,level:0.95} by {target}',
    ],
  },
  {
    title: 'Floor against ready replicas',
    promql: ['headstart_floor_replicas', 'headstart_ready_replicas'],
    datadog: [
      'max:headstart.floor_replicas{namespace:NAMESPACE} by {target}',
      'max:headstart.ready_replicas{namespace:NAMESPACE} by {target}',
    ],
  },
  {
    title: 'Bounds in force: at the ceiling where the two lines meet',
    promql: ['headstart_min_replicas', 'headstart_max_replicas'],
    datadog: [
      'max:headstart.min_replicas{namespace:NAMESPACE} by {target}',
      'max:headstart.max_replicas{namespace:NAMESPACE} by {target}',
    ],
  },
  {
    title: 'Age of demand in seconds',
    promql: ['headstart_demand_age_seconds'],
    datadog: ['max:headstart.demand_age_seconds{namespace:NAMESPACE} by {target}'],
  },
  {
    title: 'Requests per second',
    promql: ['sum by (service) (rate(http_requests_total[1m]))'],
    datadog: ['sum:SHOP.http_requests.count{env:ENV} by {service}.as_rate()'],
  },
];

/** The dashboard in Grafana's import format. */
export function grafanaDashboard() {
  return {
    title: 'Headstart',
    uid: 'headstart',
    schemaVersion: 39,
    refresh: '15s',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(({ title, promql }, index) => ({
      id: index + 1,
      title,
      type: 'timeseries',
      datasource: { type: 'prometheus', uid: '$datasource' },
      gridPos: { h: 8, w: 12, x: (index % 2) * 12, y: Math.floor(index / 2) * 8 },
      targets: promql.map((expr, target) => ({ refId: String.fromCharCode(65 + target), expr })),
    })),
  };
}

/** Datadog's queries of the dashboard, as they are before the names of an environment are filled in. */
export const dashboardMetrics: readonly string[] = panels.flatMap(({ datadog }) => datadog);

/**
 * The same dashboard for the Datadog operator, with its widgets as one JSON text. The shop's own metrics start with
 * `prefix`.
 */
export function datadogDashboard({ name, namespace }: EnvironmentFacts, prefix: string) {
  const fill = (query: string) =>
    query.replaceAll('NAMESPACE', namespace).replaceAll('ENV', name).replaceAll('SHOP', prefix);
  return {
    title: `Headstart (${name})`,
    layoutType: 'ordered',
    tags: ['team:platform'],
    widgets: JSON.stringify(
      panels.map(({ title, datadog }, index) => ({
        id: index + 1,
        definition: {
          type: 'timeseries',
          title,
          requests: datadog.map(query => ({ q: fill(query), display_type: 'line' })),
        },
      })),
    ),
  };
}
