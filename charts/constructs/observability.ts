import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Alert, alerts } from '../facts/alerts.ts';
import { datadogDashboard, grafanaDashboard } from './dashboards.ts';

const runbook = 'https://headstart.dev/docs/runbook.md';

/** What watches the operator: scraping, alerts that link to the runbook, and the forecast beside the actual for Grafana. */
export class OperatorMonitoring extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'headstart' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'headstart' } },
        endpoints: [{ port: 'metrics', interval: '15s' }],
      },
    });
    new ApiObject(this, 'alerts', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'headstart' },
      spec: { groups: [{ name: 'headstart', rules: alerts.map(ruleOf) }] },
    });
    new k8s.KubeConfigMap(this, 'dashboard', {
      metadata: { name: 'headstart-dashboard', labels: { grafana_dashboard: '1' } },
      data: { 'headstart.json': `${JSON.stringify(grafanaDashboard(), null, 2)}\n` },
    });
  }
}

/** What scrapes an environment's pods, and the same view in Datadog where there is one. */
export class EnvironmentMonitoring extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly environment: string; readonly datadogSite?: string | undefined },
  ) {
    super(scope, id);
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'services' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'marketplace' } },
        podMetricsEndpoints: [{ portNumber: 9464, interval: '15s' }],
      },
    });
    if (props.datadogSite === undefined) return;
    for (const alert of alerts.filter(each => datadogQueries[each.name] !== undefined)) {
      new ApiObject(this, alert.name, {
        apiVersion: 'datadoghq.com/v1alpha1',
        kind: 'DatadogMonitor',
        metadata: { name: alert.name.toLowerCase() },
        spec: monitorOf(alert, props.environment),
      });
    }
    new ApiObject(this, 'dashboard', {
      apiVersion: 'datadoghq.com/v1alpha1',
      kind: 'DatadogDashboard',
      metadata: { name: 'headstart' },
      spec: datadogDashboard(props.environment),
    });
  }
}

function ruleOf(alert: Alert) {
  return {
    alert: alert.name,
    expr: alert.expression,
    for: `${alert.forMinutes}m`,
    labels: { severity: alert.severity },
    annotations: { summary: alert.summary, runbook_url: `${runbook}#${alert.name.toLowerCase()}` },
  };
}

const datadogQueries: Readonly<Record<string, string>> = {
  HeadstartNoLeader: 'max(last_5m):max:headstart.leader{env:ENV} < 1',
  HeadstartReconcileFailing: 'sum(last_10m):sum:headstart.reconciles.count{env:ENV,result:failed}.as_count() > 5',
  HeadstartDemandStale: 'min(last_10m):max:headstart.demand_age_seconds{env:ENV} by {target} > 600',
};

function monitorOf(alert: Alert, environment: string) {
  return {
    name: `${alert.name} (${environment})`,
    type: 'query alert',
    query: datadogQueries[alert.name]?.replaceAll('ENV', environment),
    message: `${alert.summary.replaceAll(/{{ \$(labels\.)?(\w+) }}/g, '{{$2.name}}')} ${runbook}#${alert.name.toLowerCase()}`,
    priority: alert.severity === 'page' ? 1 : 3,
    tags: [`env:${environment}`, 'service:headstart'],
    options: { notifyNoData: alert.name === 'HeadstartNoLeader', includeTags: true },
  };
}
