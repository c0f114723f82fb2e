import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Alert } from '../../facts/alerts/alert.ts';
import { alerts } from '../../facts/alerts/alerts.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { dashboardMetrics } from './dashboards.ts';

/**
 * Queries on the operator's metrics in one namespace, which they carry as a label. Alerts that compare a metric with the
 * time of day have none: Datadog's monitors know no such function.
 */
const namespaceQueries: Readonly<Record<string, string>> = {
  HeadstartSaleNoGo:
    'min(last_5m):max:headstart.sale_verdict{namespace:NAMESPACE,verdict:nogo} by {namespace,sale} > 0',
  HeadstartContested:
    'sum(last_15m):sum:headstart.contested_reconciles.count{namespace:NAMESPACE} by {namespace,target}.as_count() > 0',
  HeadstartSaleAtRisk:
    'min(last_15m):max:headstart.sale_verdict{namespace:NAMESPACE AND verdict IN (atrisk,nogo)} by {namespace,sale} > 0',
  HeadstartAtCeiling: 'min(last_5m):max:headstart.at_ceiling{namespace:NAMESPACE} by {namespace,target} > 0',
  HeadstartReconcileFailing:
    'sum(last_5m):sum:headstart.reconciles.count{namespace:NAMESPACE,result:failed} by {namespace}.as_count() > 5',
  HeadstartWritesFailing:
    'sum(last_5m):sum:headstart.writes.count{namespace:NAMESPACE AND part IN (bounds,scale,finalizer) AND outcome IN (refused,conflict,failed)} by {namespace,kind}.as_count() > 1',
  HeadstartDemandStale: 'max(last_10m):max:headstart.demand_available{namespace:NAMESPACE} by {namespace,target} < 1',
};

/** Queries on the operator as a whole: one monitor a cluster, so that nobody is paged once an environment. */
const clusterQueries: Readonly<Record<string, string>> = {
  HeadstartNoLeader: 'max(last_5m):max:headstart.leader{SCOPE} < 1',
};

/** The operator's metrics that Datadog takes: those of monitors and dashboards, as its agent is told them. */
export const operatorMetrics: readonly string[] = metricsIn([
  ...dashboardMetrics,
  ...Object.values(namespaceQueries),
  ...Object.values(clusterQueries),
]);

export interface DatadogMonitorsProps extends Pick<Facts, 'datadogHandles' | 'runbookUrl'> {
  /** The environment that is watched; without it the operator is, once a cluster. */
  readonly environment?: EnvironmentFacts;
  /** The name of the cluster, by which Datadog knows it. @default the only one */
  readonly cluster?: string | undefined;
}

/** Monitors of Datadog for the alerts that it can ask: those of one environment, or those of the operator. */
export class DatadogMonitors extends Construct {
  constructor(scope: Construct, id: string, props: DatadogMonitorsProps) {
    super(scope, id);
    const queries = new Map(Object.entries(props.environment === undefined ? clusterQueries : namespaceQueries));
    for (const alert of alerts) {
      const query = queries.get(alert.name);
      if (query === undefined) continue;
      new ApiObject(this, alert.name, {
        apiVersion: 'datadoghq.com/v1alpha1',
        kind: 'DatadogMonitor',
        metadata: { name: alert.name.toLowerCase() },
        spec: monitorOf(alert, query, props),
      });
    }
  }
}

function monitorOf(alert: Alert, query: string, props: DatadogMonitorsProps) {
  const { environment, cluster, datadogHandles, runbookUrl } = props;
  const watched = environment?.name ?? cluster;
  const handle = datadogHandles?.[alert.severity];
  return {
    name: watched === undefined ? alert.name : `${alert.name} (${watched})`,
    type: 'query alert',
    query: query
      .replaceAll('NAMESPACE', environment?.namespace ?? '')
      .replaceAll('SCOPE', cluster === undefined ? '*' : `kube_cluster_name:${cluster}`),
    message: [
      toDatadogPlaceholders(alert.summary),
      `${runbookUrl}#${alert.name.toLowerCase()}`,
      ...(handle === undefined ? [] : [handle]),
    ].join(' '),
    priority: alert.severity === 'page' ? 1 : 3,
    tags: [...(environment === undefined ? [] : [`env:${environment.name}`]), 'service:headstart'],
    // A silent operator is a missing one.
    options: { notifyNoData: environment === undefined, includeTags: true },
  };
}

/** The names after `headstart.` in queries, each once, without the `.count` of counters. */
function metricsIn(queries: readonly string[]): readonly string[] {
  const names = queries.flatMap(query => [...query.matchAll(/\bheadstart\.([a-z_]+)/g)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}

/**
 * Converts Prometheus' placeholders to Datadog's: `{{ $labels.target }}` → `{{target.name}}`, `{{ $value }}` →
 * `{{value}}`.
 */
function toDatadogPlaceholders(summary: string): string {
  return summary.replaceAll(/{{ \$labels\.(\w+) }}/g, '{{$1.name}}').replaceAll('{{ $value }}', '{{value}}');
}
