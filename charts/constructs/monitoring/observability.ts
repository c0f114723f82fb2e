import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Alert } from '../../facts/alert.ts';
import { alerts } from '../../facts/alerts.ts';
import type { EnvironmentFacts, ServiceFacts } from '../../facts/facts-schema.ts';
import { metricsPortOf } from '../../facts/metrics-port.ts';
import { datadogDashboard, grafanaDashboard } from './dashboards.ts';

export interface RunbookProps {
  /** The URL of the runbook; its headings are the names of the alerts. */
  readonly runbookUrl: string;
}

/**
 * Monitoring of the operator: scraping, alerts that link to the runbook, and a Grafana dashboard of forecast and actual
 * demand.
 */
export class OperatorMonitoring extends Construct {
  constructor(scope: Construct, id: string, { runbookUrl }: RunbookProps) {
    super(scope, id);
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'headstart' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'headstart' } },
        // The metrics carry the namespace of each target as a label; without honorLabels, Prometheus replaces it by the
        // operator's.
        endpoints: [{ port: 'metrics', interval: '15s', honorLabels: true }],
      },
    });
    new ApiObject(this, 'alerts', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'headstart' },
      spec: { groups: [{ name: 'headstart', rules: alerts.map(alert => ruleOf(alert, runbookUrl)) }] },
    });
    new k8s.KubeConfigMap(this, 'dashboard', {
      metadata: { name: 'headstart-dashboard', labels: { grafana_dashboard: '1' } },
      data: { 'headstart.json': `${JSON.stringify(grafanaDashboard(), null, 2)}\n` },
    });
  }
}

export interface EnvironmentMonitoringProps extends RunbookProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly ServiceFacts[];
}

/** Scraping of an environment's pods, and the same dashboard in Datadog where it is used. */
export class EnvironmentMonitoring extends Construct {
  constructor(scope: Construct, id: string, { environment, services, runbookUrl }: EnvironmentMonitoringProps) {
    super(scope, id);
    const endpoints = new Set(services.map(metricsPortOf));
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'services' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'marketplace' } },
        podMetricsEndpoints: [...endpoints].map(({ name, path }) => ({
          port: name,
          path,
          interval: '15s',
          // The label with which ScalingTargets query a service's demand.
          relabelings: [
            { sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_name'], targetLabel: 'service' },
          ],
        })),
      },
    });
    if (environment.datadogSite === undefined) return;
    for (const alert of alerts.filter(each => datadogQueries.has(each.name))) {
      new ApiObject(this, alert.name, {
        apiVersion: 'datadoghq.com/v1alpha1',
        kind: 'DatadogMonitor',
        metadata: { name: alert.name.toLowerCase() },
        spec: monitorOf(alert, environment, runbookUrl),
      });
    }
    new ApiObject(this, 'dashboard', {
      apiVersion: 'datadoghq.com/v1alpha1',
      kind: 'DatadogDashboard',
      metadata: { name: 'headstart' },
      spec: datadogDashboard(environment),
    });
  }
}

function ruleOf(alert: Alert, runbookUrl: string) {
  return {
    alert: alert.name,
    expr: alert.expression,
    for: `${alert.forSeconds}s`,
    labels: { severity: alert.severity },
    annotations: { summary: alert.summary, runbook_url: `${runbookUrl}#${alert.name.toLowerCase()}` },
  };
}

/**
 * Queries on the operator's metrics, whose label `namespace` is the environment's. Alerts that compare a metric with the
 * time of day have none: Datadog's monitors know no such function.
 */
const datadogQueries: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HeadstartSaleNoGo:
      'min(last_5m):max:headstart.sale_verdict{namespace:NAMESPACE,verdict:nogo} by {namespace,sale} > 0',
    HeadstartContested:
      'sum(last_15m):sum:headstart.contested_reconciles.count{namespace:NAMESPACE} by {namespace,target}.as_count() > 0',
    HeadstartSaleAtRisk:
      'min(last_15m):max:headstart.sale_verdict{namespace:NAMESPACE AND verdict IN (atrisk,nogo)} by {namespace,sale} > 0',
    HeadstartAtCeiling: 'min(last_5m):max:headstart.at_ceiling{namespace:NAMESPACE} by {namespace,target} > 0',
    HeadstartNoLeader: 'max(last_5m):max:headstart.leader{*} < 1',
    HeadstartReconcileFailing:
      'sum(last_5m):sum:headstart.reconciles.count{namespace:NAMESPACE,result:failed} by {namespace}.as_count() > 5',
    HeadstartWritesFailing:
      'sum(last_5m):sum:headstart.writes.count{namespace:NAMESPACE AND part IN (bounds,scale,finalizer) AND outcome IN (refused,conflict,failed)} by {namespace,kind}.as_count() > 1',
    HeadstartDemandStale: 'max(last_10m):max:headstart.demand_available{namespace:NAMESPACE} by {namespace,target} < 1',
  }),
);

function monitorOf(alert: Alert, { name, namespace }: EnvironmentFacts, runbookUrl: string) {
  return {
    name: `${alert.name} (${name})`,
    type: 'query alert',
    query: datadogQueries.get(alert.name)?.replaceAll('NAMESPACE', namespace),
    message: `${toDatadogPlaceholders(alert.summary)} ${runbookUrl}#${alert.name.toLowerCase()}`,
    priority: alert.severity === 'page' ? 1 : 3,
    tags: [`env:${name}`, 'service:headstart'],
    options: { notifyNoData: alert.name === 'HeadstartNoLeader', includeTags: true },
  };
}

/**
 * Converts Prometheus' placeholders to Datadog's: `{{ $labels.target }}` → `{{target.name}}`, `{{ $value }}` →
 * `{{value}}`.
 */
function toDatadogPlaceholders(summary: string): string {
  return summary.replaceAll(/{{ \$labels\.(\w+) }}/g, '{{$1.name}}').replaceAll('{{ $value }}', '{{value}}');
}
