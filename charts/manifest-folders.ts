import { ArgoDelivery, FluxDelivery } from './constructs/delivery/delivery.ts';
import { SharedApplications } from './constructs/delivery/shared-applications.ts';
import { SharedKustomizations } from './constructs/delivery/shared-kustomizations.ts';
import { sharedParts } from './constructs/delivery/shared-parts.ts';
import { EdgeGateway } from './constructs/environment/edge-gateway.ts';
import { EnvironmentNamespace } from './constructs/environment/environment-namespace.ts';
import { MarketplaceNodePool, ServiceCapacityBuffer } from './constructs/environment/node-room.ts';
import { PriorityClasses } from './constructs/environment/priority-classes.ts';
import { ScalingPolicyConstruct } from './constructs/environment/scaling-policy.ts';
import { syncWaves } from './constructs/environment/sync-waves.ts';
import { EnvironmentMonitoring, OperatorMonitoring } from './constructs/monitoring/observability.ts';
import { Admission } from './constructs/operator/admission.ts';
import { FloorGuard } from './constructs/operator/floor-guard.ts';
import { FreezeGuard } from './constructs/operator/freeze-guard.ts';
import { OperatorCredentials } from './constructs/operator/operator-credentials.ts';
import { TeamBindings, TeamRoles } from './constructs/operator/team-roles.ts';
import { labelsOf } from './constructs/pods/labels.ts';
import { ClientPolicy } from './constructs/services/client-policy.ts';
import { ServicePlaceholders } from './constructs/services/placeholders.ts';
import { Service } from './constructs/services/service.ts';
import { routedServices, ServiceRoute } from './constructs/services/service-route.ts';
import { StorefrontCache } from './constructs/services/storefront-cache.ts';
import { DataStores } from './constructs/stores/data-stores.ts';
import { NamespaceSecretStore } from './constructs/stores/secret-store.ts';
import type { EnvironmentFacts, Facts } from './facts/facts-schema.ts';
import type { FreezeWindow } from './facts/freeze-window.ts';
import { nodePoolLimits } from './facts/node-pool.ts';
import { hasBuffer, hasPlaceholders } from './facts/node-room.ts';
import { secretFolder } from './facts/secret-store-schema.ts';
import { sizeEnvironment } from './facts/size-environment.ts';
import type { SizedService } from './facts/sized-service.ts';
import type { ManifestChart } from './manifest-chart.ts';

/** A folder of manifests and the function that fills its chart. */
export interface ManifestFolder {
  readonly path: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Argo CD's sync wave of the folder within its environment. @default 0, with the services */
  readonly wave?: number;
  fill(chart: ManifestChart): void;
}

const partOf = { 'app.kubernetes.io/part-of': 'marketplace' };

/**
 * The folders that all environments of a cluster share. `nodes`, `monitoring`, `credentials` and `delivery` need the
 * CRDs of their own operators.
 */
export function clusterFolders(facts: Facts, freezes: readonly FreezeWindow[]): readonly ManifestFolder[] {
  const { environments, repository, secretStore } = facts;
  return [
    {
      path: 'cluster',
      labels: partOf,
      fill: chart => {
        new PriorityClasses(chart, 'priorities');
        new TeamRoles(chart, 'team-roles');
        new Admission(chart, 'admission');
        new FloorGuard(chart, 'floor-guard');
        new FreezeGuard(chart, 'freeze-guard');
      },
    },
    {
      path: 'nodes',
      labels: partOf,
      fill: chart => {
        new MarketplaceNodePool(chart, 'pool', { limits: nodePoolLimits(facts), freezes });
      },
    },
    {
      path: 'monitoring',
      namespace: 'headstart-system',
      labels: { 'app.kubernetes.io/part-of': 'headstart' },
      fill: chart => {
        new OperatorMonitoring(chart, 'monitoring', facts);
      },
    },
    ...(secretStore === undefined
      ? []
      : [
          {
            path: 'credentials',
            namespace: 'headstart-system',
            labels: { 'app.kubernetes.io/part-of': 'headstart' },
            fill: (chart: ManifestChart) => {
              new OperatorCredentials(chart, 'credentials', { secretStore });
            },
          },
        ]),
    {
      path: 'delivery/argo-cd',
      namespace: 'argocd',
      labels: partOf,
      fill: chart => {
        new ArgoDelivery(chart, 'argo', { environments, repository, freezes });
        const parts = sharedParts({ secretStore }, 'argo-cd');
        new SharedApplications(chart, 'shared', { parts, environments, repository });
      },
    },
    {
      path: 'delivery/flux',
      namespace: 'flux-system',
      labels: partOf,
      fill: chart => {
        new FluxDelivery(chart, 'flux', { environments, repository });
        new SharedKustomizations(chart, 'shared', { parts: sharedParts({ secretStore }, 'flux'), repository });
      },
    },
  ];
}

/** The folders of one environment: its platform, its data, and one per service. */
export function environmentFolders(environment: EnvironmentFacts, facts: Facts): readonly ManifestFolder[] {
  const { name, namespace } = environment;
  const { services } = facts;
  const sized = sizeEnvironment(environment, facts);
  const labels = { ...partOf, 'tags.datadoghq.com/env': name };
  return [
    {
      path: `${name}/platform`,
      namespace,
      labels,
      wave: syncWaves.platform,
      fill: chart => {
        new EnvironmentNamespace(chart, 'namespace', { environment, facts });
        if (facts.secretStore !== undefined) {
          new NamespaceSecretStore(chart, 'secrets', { facts: facts.secretStore, folder: secretFolder(environment) });
        }
        new TeamBindings(chart, 'team-bindings', { namespace });
        new ScalingPolicyConstruct(chart, 'scaling-policy', { environment, services: sized });
        new ClientPolicy(chart, 'client-policy');
        new EdgeGateway(chart, 'gateway', { environment, services });
        new EnvironmentMonitoring(chart, 'monitoring', { environment, services, runbookUrl: facts.runbookUrl });
      },
    },
    {
      path: `${name}/data`,
      namespace,
      labels,
      wave: syncWaves.data,
      fill: chart => {
        new DataStores(chart, 'stores', { environment, facts });
      },
    },
    ...sized.map(service => ({
      path: `${name}/${service.facts.name}`,
      namespace,
      labels: labelsOf(service),
      fill: (chart: ManifestChart) => fillService(chart, service, facts),
    })),
  ];
}

/** Fills the folder of a service: its own objects, its routes from outside, and the capacity kept free for it. */
function fillService(chart: ManifestChart, sized: SizedService, { services }: Facts): void {
  const { facts: service, environment } = sized;
  new Service(chart, 'service', sized);
  const store = service.uses.find(use => use.limit.startsWith('redis-'))?.limit;
  const storefrontCache =
    service.role === 'Storefront' ? new StorefrontCache(chart, 'storefront-cache', { store }) : undefined;
  const routed = routedServices(services);
  if (routed.includes(service)) {
    new ServiceRoute(chart, 'route', {
      environment,
      service,
      monolith: services.find(each => each.role === 'Monolith'),
      pageCacheControl: storefrontCache?.cacheControl,
      ...(routed.length === 1 ? { path: '/' } : {}),
    });
  }
  if (hasBuffer(service, environment)) {
    new ServiceCapacityBuffer(chart, 'node-room', sized);
  }
  if (hasPlaceholders(sized)) new ServicePlaceholders(chart, 'placeholders', sized);
}
