import { ownFact } from '../own-fact.ts';
import { serviceCalls } from './call-graph.ts';
import { dataStoresOf } from './data-stores.ts';
import type { EnvironmentFacts, Facts } from './facts-schema.ts';
import { type SizedService, sizeReplicas } from './sized-service.ts';

/**
 * Sizes every service of an environment, in the order of the facts.
 *
 * @throws Error when an image is missing; `findProblems` reports that before, with all other problems
 */
export function sizeEnvironment(environment: EnvironmentFacts, { services, images }: Facts): readonly SizedService[] {
  const graph = serviceCalls(environment, services);
  const stores = dataStoresOf(environment, services);
  const hasGateway = services.some(service => service.role === 'Gateway');
  return services.map(facts => {
    const image = ownFact(ownFact(images, environment.name), facts.name);
    if (image === undefined) throw new Error(`images ${environment.name}: no image for ${facts.name}`);
    return {
      facts,
      environment,
      image,
      stores,
      isOpen: facts.entryPoint || (facts.role === 'Monolith' && !hasGateway),
      calls: graph.get(facts.name) ?? [],
      ...sizeReplicas(facts, environment),
    };
  });
}
