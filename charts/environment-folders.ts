import { CertificateAccess, EdgeGateway } from './constructs/environment/edge-gateway.ts';
import { EnvironmentNamespace } from './constructs/environment/environment-namespace.ts';
import { ServiceCapacityBuffer, ServiceSaleBuffer } from './constructs/environment/node-room.ts';
import { ScalingPolicyConstruct } from './constructs/environment/scaling-policy.ts';
import { syncWaves } from './constructs/environment/sync-waves.ts';
import { EnvironmentMonitoring } from './constructs/monitoring/observability.ts';
import { TeamBindings } from './constructs/operator/team-roles.ts';
import { datadogTags, labelsOf, partOf } from './constructs/pods/labels.ts';
import { ClientPolicy } from './constructs/services/client-policy.ts';
import { ServicePlaceholders } from './constructs/services/placeholders.ts';
import { Service } from './constructs/services/service.ts';
import { routedServices, ServiceRoute } from './constructs/services/service-route.ts';
import { StorefrontCache } from './constructs/services/storefront-cache.ts';
import { DataStores } from './constructs/stores/data-stores.ts';
import { NamespaceSecretStore } from './constructs/stores/secret-store.ts';
import { hasBuffer, saleRoomOf } from './facts/clusters/node-room.ts';
import type { ShopCluster } from './facts/clusters/shop-clusters.ts';
import type { EnvironmentFacts } from './facts/environment-schema.ts';
import type { Facts } from './facts/facts-schema.ts';
import { secretFolder } from './facts/secret-store-schema.ts';
import { sizeEnvironment } from './facts/size-environment.ts';
import type { SizedService } from './facts/sized-service.ts';
import type { ManifestChart } from './manifest-chart.ts';
import type { ManifestFolder } from './manifest-folder.ts';

/**
 * The folder of an environment's namespace, its limits and the rights in it. It stands apart from the environment's own,
 * which is applied with no more than the rights of its GitOps role.
 */
export function namespaceFolder(environment: EnvironmentFacts, { folder }: ShopCluster, facts: Facts): ManifestFolder {
  const { name, namespace } = environment;
  const gateway = facts.services.find(service => service.role === 'Gateway');
  return {
    path: `${folder}namespaces/${name}`,
    namespace,
    labels: environmentLabels(environment, facts),
    wave: syncWaves.platform,
    fill: chart => {
      new EnvironmentNamespace(chart, 'namespace', { environment, facts });
      if (facts.secretStore !== undefined) {
        new NamespaceSecretStore(chart, 'secrets', { facts: facts.secretStore, folder: secretFolder(environment) });
      }
      new TeamBindings(chart, 'team-bindings', { namespace, shop: facts.name });
      if (gateway !== undefined) new CertificateAccess(chart, 'certificate', { account: gateway.name });
    },
  };
}

/** The folders of one environment: its platform, its data, and one per service. */
export function environmentFolders(
  environment: EnvironmentFacts,
  { folder, pageUrl }: ShopCluster,
  facts: Facts,
): readonly ManifestFolder[] {
  const { name, namespace } = environment;
  const { services } = facts;
  const sized = sizeEnvironment(environment, facts);
  const labels = environmentLabels(environment, facts);
  return [
    {
      path: `${folder}${name}/platform`,
      namespace,
      labels,
      wave: syncWaves.platform,
      fill: chart => {
        new ScalingPolicyConstruct(chart, 'scaling-policy', { environment, services: sized, timeZone: facts.timeZone });
        new ClientPolicy(chart, 'client-policy');
        new EdgeGateway(chart, 'gateway', { environment, services, gatewayClassName: facts.name });
        new EnvironmentMonitoring(chart, 'monitoring', { environment, facts, pageUrl });
      },
    },
    {
      path: `${folder}${name}/data`,
      namespace,
      labels,
      wave: syncWaves.data,
      fill: chart => {
        new DataStores(chart, 'stores', { environment, facts });
      },
    },
    ...sized.map(service => ({
      path: `${folder}${name}/${service.facts.name}`,
      namespace,
      labels: labelsOf(service),
      fill: (chart: ManifestChart) => fillService(chart, service, facts),
    })),
  ];
}

/** Fills the folder of a service: its own objects, its routes from outside, and the capacity kept free for it. */
function fillService(chart: ManifestChart, sized: SizedService, { services, name: shop }: Facts): void {
  const { facts: service, environment } = sized;
  new Service(chart, 'service', sized);
  const store = service.uses.find(use => use.limit.startsWith('redis-'))?.limit;
  const storefrontCache =
    service.role === 'Storefront' ? new StorefrontCache(chart, 'storefront-cache', { store }) : undefined;
  const routed = routedServices(services);
  if (routed.includes(service)) {
    new ServiceRoute(chart, 'route', {
      shop,
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
  const saleRoom = saleRoomOf(sized);
  if (saleRoom === 'CapacityBuffer') new ServiceSaleBuffer(chart, 'sale-room', sized);
  if (saleRoom === 'PlaceholderPods') new ServicePlaceholders(chart, 'placeholders', sized);
}

function environmentLabels(environment: EnvironmentFacts, facts: Facts): Readonly<Record<string, string>> {
  return { ...partOf(facts), ...datadogTags(environment, { env: environment.name }) };
}
