import { defaultSource } from '../clusters/operator-schema.ts';
import { clustersOf } from '../clusters/shop-clusters.ts';
import type { Facts } from '../facts-schema.ts';
import { didYouMean } from './closest-word.ts';
import type { Problem } from './problem.ts';

/** Finds services whose demand is read from a source that the operator of some cluster does not have. */
export function sourceProblems(facts: Facts): readonly Problem[] {
  const clusters = clustersOf(facts);
  return facts.services.flatMap(({ name, demand }, index) => {
    const source = demand?.source ?? defaultSource;
    const lacking = clusters.find(({ operator }) => !Object.hasOwn(operator.sources, source));
    if (lacking === undefined) return [];
    const where = lacking.name === undefined ? 'operator.sources' : `the sources of the operator in ${lacking.name}`;
    const hint = didYouMean(source, Object.keys(lacking.operator.sources));
    const message = `service ${name}: its demand is read from ${source}, which is not one of ${where}${hint}`;
    return [{ path: ['services', index, ...(demand === undefined ? [] : ['demand'])], message }];
  });
}

/** Finds environments in no cluster of the shop, clusters stated twice or with nothing in them, and shared addresses. */
export function clusterProblems({ clusters, environments }: Facts): readonly Problem[] {
  const names = clusters.map(({ name }) => name);
  return [
    ...clusters.flatMap(({ name, server }, index) => {
      const at = (message: string): Problem => ({ path: ['clusters', index], message: `clusters ${name}: ${message}` });
      const twin = clusters.slice(0, index).find(each => each.server === server);
      return [
        ...(names.indexOf(name) < index ? [at('is stated twice')] : []),
        ...(names.indexOf(name) === index && twin !== undefined
          ? [at(`has the server of ${twin.name}: state the address of each as server`)]
          : []),
        ...(environments.some(({ cluster }) => cluster === name)
          ? []
          : [at('has no environment: state it as the cluster of one')]),
      ];
    }),
    ...environments.flatMap(({ name, cluster }, index) => {
      const at = (message: string): Problem => ({
        path: ['environments', index, ...(cluster === undefined ? [] : ['cluster'])],
        message: `environment ${name}: ${message}`,
      });
      if (cluster === undefined)
        return names.length === 0 ? [] : [at(`names no cluster: state one of ${names.join(', ')} as cluster`)];
      if (names.includes(cluster)) return [];
      return [at(`is in ${cluster}, which is not one of clusters${didYouMean(cluster, names)}`)];
    }),
  ];
}
