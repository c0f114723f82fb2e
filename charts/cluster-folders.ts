import { ArgoDelivery } from './constructs/delivery/argo-delivery.ts';
import { FluxDelivery } from './constructs/delivery/flux-delivery.ts';
import { HealthChecksPatch } from './constructs/delivery/health-checks.ts';
import { SharedApplications } from './constructs/delivery/shared-applications.ts';
import { SharedKustomizations } from './constructs/delivery/shared-kustomizations.ts';
import { ShopNodePool } from './constructs/environment/node-room.ts';
import { PriorityClasses } from './constructs/environment/priority-classes.ts';
import { OperatorMonitoring } from './constructs/monitoring/observability.ts';
import { Admission } from './constructs/operator/admission.ts';
import { FloorGuard, floorGuardMinor } from './constructs/operator/floor-guard.ts';
import { FreezeGuard } from './constructs/operator/freeze-guard.ts';
import { OperatorCredentials } from './constructs/operator/operator-credentials.ts';
import { TeamRoles } from './constructs/operator/team-roles.ts';
import { partOf } from './constructs/pods/labels.ts';
import { nodePoolLimits } from './facts/clusters/node-pool.ts';
import type { ShopCluster } from './facts/clusters/shop-clusters.ts';
import type { Facts } from './facts/facts-schema.ts';
import type { FreezeWindow } from './facts/freeze-window.ts';
import type { ManifestChart } from './manifest-chart.ts';
import type { ManifestFolder } from './manifest-folder.ts';

const ofOperator = { namespace: 'headstart-system', labels: { 'app.kubernetes.io/part-of': 'headstart' } };

/**
 * The folders that all environments of a cluster share. `nodes`, `monitoring` and `credentials` need the CRDs of their
 * own operators.
 */
export function clusterFolders(
  cluster: ShopCluster,
  facts: Facts,
  freezes: readonly FreezeWindow[],
): readonly ManifestFolder[] {
  const { name, folder, environments, usesDatadog } = cluster;
  const { name: shop, secretStore, runbookUrl, datadogHandles } = facts;
  const namespaces = new Set(environments.map(({ namespace }) => namespace));
  return [
    {
      path: `${folder}cluster`,
      labels: partOf(facts),
      fill: chart => {
        new PriorityClasses(chart, 'priorities', { shop });
        new TeamRoles(chart, 'team-roles');
        new Admission(chart, 'admission');
        if (cluster.minorVersion >= floorGuardMinor) new FloorGuard(chart, 'floor-guard');
        new FreezeGuard(chart, 'freeze-guard');
      },
    },
    {
      path: `${folder}nodes`,
      labels: partOf(facts),
      fill: chart => {
        new ShopNodePool(chart, 'pool', {
          shop,
          limits: nodePoolLimits(environments, facts),
          freezes: freezes.filter(({ namespace }) => namespaces.has(namespace)),
        });
      },
    },
    {
      path: `${folder}monitoring`,
      ...ofOperator,
      fill: chart => {
        const datadog = usesDatadog ? { datadogHandles, cluster: name } : undefined;
        new OperatorMonitoring(chart, 'monitoring', { runbookUrl, pageUrl: cluster.pageUrl, datadog });
      },
    },
    ...(secretStore === undefined
      ? []
      : [
          {
            path: `${folder}credentials`,
            ...ofOperator,
            fill: (chart: ManifestChart) => {
              new OperatorCredentials(chart, 'credentials', { secretStore });
            },
          },
        ]),
  ];
}

/** The folders by which Argo CD or Flux deliver all others, and the health of our kinds for Argo CD's own settings. */
export function deliveryFolders(
  clusters: readonly ShopCluster[],
  facts: Facts,
  freezes: readonly FreezeWindow[],
): readonly ManifestFolder[] {
  const labels = partOf(facts);
  return [
    {
      path: 'delivery/argo-cd',
      namespace: 'argocd',
      labels,
      fill: chart => {
        new ArgoDelivery(chart, 'argo', { clusters, facts, freezes });
        new SharedApplications(chart, 'shared', { clusters, facts });
      },
    },
    {
      path: 'delivery/argocd-cm-patch',
      namespace: 'argocd',
      labels: {},
      fill: chart => {
        new HealthChecksPatch(chart, 'health');
      },
    },
    {
      path: 'delivery/flux',
      namespace: 'flux-system',
      labels,
      fill: chart => {
        new FluxDelivery(chart, 'flux', { clusters, facts });
        new SharedKustomizations(chart, 'shared', { clusters, facts });
      },
    },
  ];
}
