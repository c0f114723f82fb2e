import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Alert } from '../../facts/alerts/alert.ts';
import { alerts } from '../../facts/alerts/alerts.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { metricsPortOf } from '../../facts/metrics-port.ts';
import { metricPrefix } from '../../facts/shop-name.ts';
import { datadogDashboard, grafanaDashboard } from './dashboards.ts';
import { DatadogMonitors, type DatadogMonitorsProps } from './datadog-monitors.ts';

export interface OperatorMonitoringProps {
  /** The URL of the runbook; its headings are the names of the alerts. */
  readonly runbookUrl: string;
  /** Where people open the page of the operator; the dashboard links to it. */
  readonly pageUrl: string;
  /** Whom Datadog tells; absent where it is not used. */
  readonly datadog?: Omit<DatadogMonitorsProps, 'environment' | 'runbookUrl'> | undefined;
}

/**
 * Monitoring of the operator: scraping, alerts that link to the runbook, and a Grafana dashboard of forecast and actual
 * demand.
 */
export class OperatorMonitoring extends Construct {
  constructor(scope: Construct, id: string, { runbookUrl, pageUrl, datadog }: OperatorMonitoringProps) {
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
      data: { 'headstart.json': `${JSON.stringify(grafanaDashboard(pageUrl), null, 2)}\n` },
    });
    if (datadog !== undefined) new DatadogMonitors(this, 'datadog', { ...datadog, runbookUrl });
  }
}

export interface EnvironmentMonitoringProps {
  readonly environment: EnvironmentFacts;
  readonly facts: Facts;
  /** Where people open the page of the cluster's operator. */
  readonly pageUrl: string;
}

/** Scraping of an environment's pods, and the same dashboard in Datadog where it is used. */
export class EnvironmentMonitoring extends Construct {
  constructor(scope: Construct, id: string, { environment, facts, pageUrl }: EnvironmentMonitoringProps) {
    super(scope, id);
    const { name, services, runbookUrl, datadogHandles } = facts;
    const endpoints = new Set(services.map(metricsPortOf));
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'services' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': name } },
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
    new DatadogMonitors(this, 'monitors', { environment, runbookUrl, datadogHandles });
    new ApiObject(this, 'dashboard', {
      apiVersion: 'datadoghq.com/v1alpha1',
      kind: 'DatadogDashboard',
      metadata: { name: 'headstart' },
      spec: datadogDashboard(environment, { prefix: metricPrefix(facts), pageUrl }),
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
