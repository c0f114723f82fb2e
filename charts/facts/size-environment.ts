import { ownFact } from '../own-fact.ts';
import { serviceCalls } from './call-graph.ts';
import { dataStoresOf } from './data-stores.ts';
import type { EnvironmentFacts } from './environment-schema.ts';
import type { Facts } from './facts-schema.ts';
import { shopNameOf } from './shop-name.ts';
import { type SizedService, sizeReplicas } from './sized-service.ts';

/**
 * Sizes every service of an environment, in the order of the facts.
 *
 * @throws Error when an image is missing; `findProblems` reports that before, with all other problems
 */
export function sizeEnvironment(environment: EnvironmentFacts, facts: Facts): readonly SizedService[] {
  const { services, images } = facts;
  const graph = serviceCalls(environment, services);
  const stores = dataStoresOf(environment, facts);
  const hasGateway = services.some(service => service.role === 'Gateway');
  return services.map(service => {
    const image = ownFact(ownFact(images, environment.name), service.name);
    if (image === undefined) throw new Error(`images ${environment.name}: no image for ${service.name}`);
    return {
      facts: service,
      environment,
      shop: shopNameOf(facts),
      image,
      stores,
      isOpen: service.entryPoint || (service.role === 'Monolith' && !hasGateway),
      calls: graph.get(service.name) ?? [],
      ...sizeReplicas(service, environment),
    };
  });
}
