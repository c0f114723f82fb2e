import type { EnvironmentFacts } from '../../facts/environment-schema.ts';

interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

/** One figure of a panel, under the name that the page gives it. */
interface Series {
  readonly label: string;
  readonly promql: string;
  readonly datadog: string;
}

/** Figures of the operator, which both stores have by target. */
function figure(label: string, metric: string, level?: string): Series {
  return {
    label,
    promql: `headstart_${metric}${level === undefined ? '' : `{level="${level}"}`}`,
    datadog: `max:headstart.${metric}{namespace:NAMESPACE${level === undefined ? '' : `,level:${level}`}} by {target}`,
  };
}

/** The panels to look at during a sale, from the objective down to the cause. */
const panels: readonly Panel[] = [
  {
    title: 'Demand: forecast against actual, requests per second',
    series: [
      figure('actual demand', 'demand_requests_per_second'),
      figure('P50', 'forecast_requests_per_second', '0.5'),
      figure('P95', 'forecast_requests_per_second', '0.95'),
    ],
  },
  {
    title: 'Replicas: floor against ready',
    series: [figure('floor', 'floor_replicas'), figure('ready', 'ready_replicas')],
  },
  {
    title: 'Bounds in force: at the ceiling where the two lines meet',
    series: [figure('minimum', 'min_replicas'), figure('maximum', 'max_replicas')],
  },
  { title: 'Age of demand in seconds', series: [figure('age', 'demand_age_seconds')] },
  {
    title: 'Requests per second',
    series: [
      {
        label: 'requests',
        promql: 'sum by (service) (rate(http_requests_total[1m]))',
        datadog: 'sum:SHOP.http_requests.count{env:ENV} by {service}.as_rate()',
      },
    ],
  },
];

/** Whether the series of a panel are of targets, which the page has a view of. */
function isOfTargets({ series }: Panel): boolean {
  return series.every(({ promql }) => promql.startsWith('headstart_'));
}

/** The dashboard in Grafana's import format; it links to the page at `pageUrl`, and each of its lines to its service there. */
export function grafanaDashboard(pageUrl: string) {
  const link = { title: 'The page of Headstart', type: 'link', icon: 'external link', targetBlank: true };
  return {
    title: 'Headstart',
    uid: 'headstart',
    schemaVersion: 39,
    refresh: '15s',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    links: [{ ...link, url: withoutSlash(pageUrl) }],
    panels: panels.map((panel, index) => ({
      id: index + 1,
      title: panel.title,
      type: 'timeseries',
      datasource: { type: 'prometheus', uid: '$datasource' },
      gridPos: { h: 8, w: 12, x: (index % 2) * 12, y: Math.floor(index / 2) * 8 },
      fieldConfig: { defaults: { links: isOfTargets(panel) ? [serviceLink(pageUrl)] : [] }, overrides: [] },
      targets: panel.series.map(({ label, promql }, target) => ({
        refId: String.fromCharCode(65 + target),
        expr: promql,
        legendFormat: isOfTargets(panel) ? `{{namespace}}/{{target}} ${label}` : `{{service}} ${label}`,
      })),
    })),
  };
}

function serviceLink(pageUrl: string) {
  const labels = '__field.labels';
  return {
    title: `\${${labels}.target} on the page of Headstart`,
    url: `${withoutSlash(pageUrl)}/services/\${${labels}.namespace}/\${${labels}.target}`,
    targetBlank: true,
  };
}

/** Datadog's queries of the dashboard, as they are before the names of an environment are filled in. */
export const dashboardMetrics: readonly string[] = panels.flatMap(({ series }) => series.map(({ datadog }) => datadog));

/**
 * The same dashboard for the Datadog operator, with its widgets as one JSON text. The shop's own metrics start with
 * `prefix`.
 */
export function datadogDashboard(
  { name, namespace }: EnvironmentFacts,
  { prefix, pageUrl }: { readonly prefix: string; readonly pageUrl: string },
) {
  const fill = (query: string) =>
    query.replaceAll('NAMESPACE', namespace).replaceAll('ENV', name).replaceAll('SHOP', prefix);
  const link = {
    label: 'On the page of Headstart',
    link: `${withoutSlash(pageUrl)}/services/${namespace}/{{target.value}}`,
  };
  const note = {
    type: 'note',
    content: `[The page of Headstart](${withoutSlash(pageUrl)})`,
    background_color: 'white',
  };
  return {
    title: `Headstart (${name})`,
    layoutType: 'ordered',
    tags: ['team:platform'],
    widgets: JSON.stringify([
      ...panels.map((panel, index) => ({
        id: index + 1,
        definition: {
          type: 'timeseries',
          title: panel.title,
          requests: panel.series.map(({ label, datadog }) => ({
            q: fill(datadog),
            display_type: 'line',
            metadata: [{ expression: fill(datadog), alias_name: label }],
          })),
          ...(isOfTargets(panel) ? { custom_links: [link] } : {}),
        },
      })),
      { id: panels.length + 1, definition: note },
    ]),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
