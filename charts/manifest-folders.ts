import { Admission } from './constructs/admission.ts';
import { ClientPolicy } from './constructs/client-policy.ts';
import { DataStores } from './constructs/data-stores.ts';
import { ArgoDelivery, FluxDelivery, type FreezeWindow } from './constructs/delivery.ts';
import { EdgeGateway } from './constructs/edge-gateway.ts';
import { EnvironmentNamespace } from './constructs/environment-namespace.ts';
import { FloorGuard } from './constructs/floor-guard.ts';
import { labelsOf } from './constructs/labels.ts';
import { MarketplaceNodePool, ServiceCapacityBuffer } from './constructs/node-room.ts';
import { EnvironmentMonitoring, OperatorMonitoring } from './constructs/observability.ts';
import { OperatorCredentials } from './constructs/operator-credentials.ts';
import { PriorityClasses } from './constructs/priority-classes.ts';
import { ScalingPolicy } from './constructs/scaling-policy.ts';
import { Service } from './constructs/service.ts';
import { routedServices, ServiceRoute } from './constructs/service-route.ts';
import { StorefrontCache } from './constructs/storefront-cache.ts';
import { TeamBindings, TeamRoles } from './constructs/team-roles.ts';
import type { EnvironmentFacts, Facts } from './facts/facts-schema.ts';
import { peakDemand } from './facts/peak-demand.ts';
import { sizeEnvironment } from './facts/size-environment.ts';
import type { SizedService } from './facts/sized-service.ts';
import type { ManifestChart } from './manifest-chart.ts';

/** One folder of manifests, and what fills its chart. */
export interface ManifestFolder {
  readonly path: string;
  /** Absent for objects of the whole cluster. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When Argo CD applies it among the folders of an environment. @default 0, with the services */
  readonly wave?: number;
  fill(chart: ManifestChart): void;
}

const partOf = { 'app.kubernetes.io/part-of': 'marketplace' };

/** What all environments of a cluster share. `nodes`, `monitoring`, `credentials` and `delivery` need the CRDs of their own operators. */
export function clusterFolders(facts: Facts, freezes: readonly FreezeWindow[]): readonly ManifestFolder[] {
  const { environments, services, repository } = facts;
  const cores = environments.reduce((sum, each) => sum + peakDemand(each, services).cpuMillicores / 1000, 0);
  return [
    {
      path: 'cluster',
      labels: partOf,
      fill: chart => {
        new PriorityClasses(chart, 'priorities');
        new TeamRoles(chart, 'team-roles');
        new Admission(chart, 'admission');
        new FloorGuard(chart, 'floor-guard');
      },
    },
    {
      path: 'nodes',
      labels: partOf,
      fill: chart => {
        new MarketplaceNodePool(chart, 'pool', { cpuLimit: Math.ceil(cores) });
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
    {
      path: 'credentials',
      namespace: 'headstart-system',
      labels: { 'app.kubernetes.io/part-of': 'headstart' },
      fill: chart => {
        new OperatorCredentials(chart, 'credentials');
      },
    },
    {
      path: 'delivery/argo-cd',
      namespace: 'argocd',
      labels: partOf,
      fill: chart => {
        new ArgoDelivery(chart, 'argo', { environments, repository, freezes });
      },
    },
    {
      path: 'delivery/flux',
      namespace: 'flux-system',
      labels: partOf,
      fill: chart => {
        new FluxDelivery(chart, 'flux', { environments, repository });
      },
    },
  ];
}

/** One environment: its platform, its data, and a folder a service. */
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
      wave: -2,
      fill: chart => {
        new EnvironmentNamespace(chart, 'namespace', { environment, services });
        new TeamBindings(chart, 'team-bindings', { namespace });
        new ScalingPolicy(chart, 'scaling-policy', { environment, services: sized });
        new ClientPolicy(chart, 'client-policy');
        new EdgeGateway(chart, 'gateway', { environment, services });
        new EnvironmentMonitoring(chart, 'monitoring', { environment, runbookUrl: facts.runbookUrl });
      },
    },
    {
      path: `${name}/data`,
      namespace,
      labels,
      wave: -1,
      fill: chart => {
        new DataStores(chart, 'stores', { environment, services });
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

/** What a service has, what leads to it from outside, and what is held ready for it. */
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
      pageCacheControl: storefrontCache?.cacheControl ?? '',
      ...(routed.length === 1 ? { path: '/' } : {}),
    });
  }
  if (environment.nodeRoom === 'CapacityBuffer' && service.tier === 'Critical') {
    new ServiceCapacityBuffer(chart, 'node-room', sized);
  }
}
