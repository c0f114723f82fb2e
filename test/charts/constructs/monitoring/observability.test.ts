import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alerts } from '../../../../charts/facts/alerts/alerts.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { createMetrics } from '../../../../src/operator/telemetry/metrics.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const own = readOwnFacts();
const files = synthesizeOwnFacts();

describe('alerts', () => {
  const runbook = existsSync('docs/runbook.md') ? readFileSync('docs/runbook.md', 'utf8') : '';

  test.each(alerts.map(alert => [alert.name]))('%s links to a heading of the runbook that exists', name => {
    expect(runbook.split('\n')).toContain(`## ${name}`);
    expect(files.get('monitoring/prometheusrule.headstart.yaml')).toContain(`docs/runbook.md#${name.toLowerCase()}`);
  });

  test('stand in docs/sre.md with their severity, and so does every metric with its help', async () => {
    const rows = readFileSync('docs/sre.md', 'utf8')
      .split('\n')
      .filter(line => line.startsWith('| '))
      .map(line =>
        line
          .slice(2, -2)
          .split('|')
          .map(cell => cell.trim()),
      );
    for (const { name, severity } of alerts)
      expect(rows).toContainEqual([
        `[${name}](runbook.md#${name.toLowerCase()})`,
        severity,
        expect.anything(),
        expect.anything(),
      ]);
    for (const { name, help } of await createMetrics().registry.getMetricsAsJSON())
      expect(rows).toContainEqual([`\`${name}\``, expect.anything(), help]);
  });

  test('and the dashboards ask for metrics that the operator has', async () => {
    const known = (await createMetrics().registry.getMetricsAsJSON()).map(metric => metric.name);
    const text = [
      ...alerts.map(alert => alert.expression),
      files.get('monitoring/configmap.headstart-dashboard.yaml'),
    ].join('\n');
    const asked = new Set(text.match(/\bheadstart_[a-z_]+/g));
    expect([...asked].filter(name => !known.includes(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(5);
  });

  test('so do the monitors and the dashboard of Datadog, under the names that its agent makes of them', async () => {
    const known = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) =>
      name.replace(/^headstart_/, 'headstart.').replace(/_total$/, '.count'),
    );
    const text = [...files]
      .filter(([file]) => file.includes('/datadog'))
      .map(([, manifest]) => manifest)
      .join('\n');
    const asked = new Set(text.match(/\bheadstart\.(?!dev)[a-z_]+(\.count)?/g));
    expect([...asked].filter(name => !known.includes(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(5);
  });

  test('a shop serves the runbook where it likes', () => {
    const shop = synthesize(
      { ...own, runbookUrl: 'https://wiki.shop.example/runbook' },
      { image: 'headstart:0', definitions: [] },
    );
    const linked = [...shop.values()].join('').match(/https:\/\/[^ "#]*#headstart\w+/g) ?? [];
    expect(linked.length).toBeGreaterThan(5);
    expect(linked.filter(link => !link.startsWith('https://wiki.shop.example/runbook#'))).toEqual([]);
  });
});

describe('what Prometheus scrapes', () => {
  const monitor = (file: string) => parse(files.get(file) ?? '').spec;
  const { podMetricsEndpoints } = monitor('production/platform/podmonitor.services.yaml');

  test('is one port of every service: a PodMonitor finds no other', () => {
    const declared = own.services.map(({ name }) => {
      const { containers } = parse(files.get(`production/${name}/deployment.${name}.yaml`) ?? '').spec.template.spec;
      const ports = containers[0].ports.map((each: { name: string }) => each.name);
      return podMetricsEndpoints.filter(({ port }: { port: string }) => ports.includes(port)).length;
    });
    expect(declared).toEqual(own.services.map(() => 1));
  });

  test('carries the labels by which ScalingTargets ask for demand', () => {
    const { query } = monitor('production/cart/scalingtarget.cart.yaml').demand;
    expect(query).toContain('service="cart"');
    for (const { relabelings } of podMetricsEndpoints)
      expect(relabelings).toEqual([
        { sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_name'], targetLabel: 'service' },
      ]);
  });

  test('keeps the namespace that the operator says, by which alerts join its metrics, and no others', () => {
    expect(monitor('monitoring/servicemonitor.headstart.yaml').endpoints[0].honorLabels).toBe(true);
    const metrics = alerts.flatMap(
      ({ expression }) => expression.replaceAll(/\b(by|on) \([^)]*\)/g, '').match(/\b[a-z]\w*_\w+(?=[{[)])/g) ?? [],
    );
    expect(metrics.length).toBeGreaterThan(alerts.length);
    expect(metrics.filter(metric => !metric.startsWith('headstart_'))).toEqual([]);
  });
});
