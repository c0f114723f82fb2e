import { App } from 'cdk8s';
import { OperatorMonitoring } from '../constructs/monitoring/observability.ts';
import { Admission } from '../constructs/operator/admission.ts';
import { FloorGuard } from '../constructs/operator/floor-guard.ts';
import { OperatorConstruct } from '../constructs/operator/operator.ts';
import { TeamRoles } from '../constructs/operator/team-roles.ts';
import { ManifestChart, type ManifestObject } from '../manifest-chart.ts';

/** The namespace of the operator. */
export const operatorNamespace = 'headstart-system';

/** What an installation may state; the same for plain manifests, the kustomize base and the Helm chart. */
export interface InstallProps {
  readonly image: string;
  /** The URL of the runbook that alerts link to. */
  readonly runbookUrl: string;
  /** The URL of the page that dashboards link to. */
  readonly pageUrl: string;
  /** A stated peak above this percentage needs the permission `announce-large`. @default 2000 */
  readonly largePeakPercent?: number;
}

/** The objects of an installation by the file that they are written to, without the CRDs. */
export interface InstallParts {
  /** Namespace, permissions, settings, two replicas, their disruption budget, Service and NetworkPolicy. */
  readonly operator: readonly ManifestObject[];
  /** The admission policies with their bindings; without them no approval counts. */
  readonly admission: readonly ManifestObject[];
  /** The policies that keep raised bounds under a re-apply from Git. They need Kubernetes 1.36. */
  readonly 'floor-guard': readonly ManifestObject[];
  /** The ClusterRoles of merchandisers and SREs, bound to nobody. */
  readonly roles: readonly ManifestObject[];
  /** ServiceMonitor, alerts and dashboard. They need the Prometheus Operator. */
  readonly monitoring: readonly ManifestObject[];
}

/** Makes the objects of the operator alone from the constructs that the marketplace uses too. */
export function installParts({ image, runbookUrl, pageUrl, largePeakPercent }: InstallProps): InstallParts {
  return {
    operator: objectsOf('operator', chart => new OperatorConstruct(chart, 'operator', { image })),
    admission: objectsOf(
      'admission',
      chart => new Admission(chart, 'admission', largePeakPercent === undefined ? {} : { largePeakPercent }),
    ),
    'floor-guard': objectsOf('floor-guard', chart => new FloorGuard(chart, 'floor-guard')),
    roles: objectsOf('roles', chart => new TeamRoles(chart, 'roles', { teams: ['merchandiser', 'sre'] })),
    monitoring: objectsOf('monitoring', chart => new OperatorMonitoring(chart, 'monitoring', { runbookUrl, pageUrl })),
  };
}

function objectsOf(id: string, fill: (chart: ManifestChart) => unknown): readonly ManifestObject[] {
  const labels = { 'app.kubernetes.io/part-of': 'headstart' };
  const chart = new ManifestChart(new App(), id, { namespace: operatorNamespace, labels });
  fill(chart);
  return chart.objects();
}
