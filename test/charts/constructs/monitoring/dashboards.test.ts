import { expect, test } from 'vitest';
import { datadogDashboard, grafanaDashboard } from '../../../../charts/constructs/monitoring/dashboards.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { demandFigure, replicaFigure } from '../../../../src/report/html/chart-figure.ts';

const pageUrl = 'https://sales.shop.example/';
const environment = readOwnFacts().environments.find(({ name }) => name === 'production');
if (environment === undefined) throw new Error('no environment production');
const grafana = grafanaDashboard(pageUrl);
const datadog: readonly { readonly definition: Widget }[] = JSON.parse(
  datadogDashboard(environment, { prefix: 'marketplace', pageUrl }).widgets,
);

interface Widget {
  readonly type: string;
  readonly title: string;
  readonly content?: string;
  readonly custom_links?: readonly { readonly link: string }[];
  readonly requests: readonly { readonly q: string; readonly metadata: readonly { readonly alias_name: string }[] }[];
}

const charts = datadog.map(({ definition }) => definition).filter(({ type }) => type === 'timeseries');

test('both dashboards have the same panels with the same figures of the same metrics, under the same names', () => {
  const inGrafana = grafana.panels.map(({ title, targets }) => [
    title,
    ...targets.map(({ legendFormat, expr }) => [legendFormat.replace(/^.*}} /, ''), metricOf(expr)]),
  ]);
  const inDatadog = charts.map(({ title, requests }) => [
    title,
    ...requests.map(({ q, metadata }) => [metadata[0]?.alias_name, metricOf(q)]),
  ]);
  expect(inGrafana).toEqual(inDatadog);
});

test('the page draws its figures under these names', () => {
  const known = [1, 2];
  const figure = { id: 'one', title: 'One', unit: '', timeZone: 'UTC', caption: '' };
  const drawn = [
    demandFigure(figure, { t: [0, 60_000], actual: known, p50: known, p95: known }),
    replicaFigure(figure, { t: [0, 60_000], floor: known, maximum: known, ready: known }),
  ].flatMap(({ text }) => [...text.matchAll(/&quot;label&quot;:&quot;([^&]+)&quot;/g)].map(([, label]) => label));
  const shown = charts.flatMap(({ requests }) => requests.map(({ metadata }) => metadata[0]?.alias_name));
  expect(drawn.toSorted()).toEqual(['P50', 'P95', 'actual demand', 'floor', 'maximum', 'ready']);
  expect(drawn.filter(label => !shown.includes(label))).toEqual([]);
});

test('both link to the page, and from each figure of a service to its view there', () => {
  expect(grafana.links).toMatchObject([{ url: 'https://sales.shop.example' }]);
  expect(datadog.at(-1)?.definition).toMatchObject({
    type: 'note',
    content: '[The page of Headstart](https://sales.shop.example)',
  });
  const ofTargets = grafana.panels.slice(0, 4);
  for (const { fieldConfig } of ofTargets)
    expect(fieldConfig.defaults.links).toMatchObject([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the variables of Grafana as it is told them
      { url: 'https://sales.shop.example/services/${__field.labels.namespace}/${__field.labels.target}' },
    ]);
  for (const { custom_links } of charts.slice(0, 4))
    expect(custom_links).toMatchObject([
      { link: `https://sales.shop.example/services/${environment.namespace}/{{target.value}}` },
    ]);
});

/** The metric and level of a query in either language: `demand_requests_per_second`. */
function metricOf(query: string): string {
  const [, metric = query] = /headstart[_.]([a-z_]+)/.exec(query) ?? [];
  const [, level = ''] = /level[=:]"?([\d.]+)/.exec(query) ?? [];
  return query.includes('headstart') ? `${metric} ${level}`.trim() : 'http_requests';
}
