import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';

/** The page docs/metrics.md: every metric of the operator, from where it is registered. */
export async function renderMetrics(): Promise<string> {
  const { registry } = createMetrics();
  const described = await registry.getMetricsAsJSON();
  const rows = described
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, help }) => {
      const labels = labelsOf(registry.getSingleMetric(name));
      return `| \`${name}\` | ${String(type)} | ${labels.map(label => `\`${label}\``).join(' ')} | ${help} |`;
    });
  return [
    '# Metrics',
    '',
    'Served by the operator at `/metrics` of `listen.metrics`. What to watch of them, and the alerts, are in [the page for SREs](sre.md). `npx vitest run test/house/metrics-page.test.ts -u` renews this page.',
    '',
    '| metric | type | labels | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The names of a metric's labels, which the client keeps and does not declare. */
function labelsOf(metric: unknown): readonly string[] {
  if (typeof metric !== 'object' || metric === null || !('labelNames' in metric)) return [];
  return Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [];
}
