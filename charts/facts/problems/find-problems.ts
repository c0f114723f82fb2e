import type { Facts } from '../facts-schema.ts';
import { clusterProblems, sourceProblems } from './cluster-problems.ts';
import { environmentProblems } from './environment-problems.ts';
import { imageProblems } from './image-problems.ts';
import type { Problem } from './problem.ts';
import { graphProblems, serviceProblems } from './service-problems.ts';
import { storeProblems } from './store-problems.ts';

/** Finds all problems of the facts at once, in their order; empty when manifests can be made. */
export function findProblems(facts: Facts): readonly Problem[] {
  return [
    ...repeated(facts.services, 'services', service => service.name, 'is stated twice'),
    ...facts.services.flatMap((service, index) => serviceProblems(service, ['services', index], facts)),
    ...graphProblems(facts),
    ...repeated(facts.environments, 'environments', environment => environment.name, 'is stated twice'),
    ...repeated(
      facts.environments,
      'environments',
      environment => environment.namespace,
      'is the namespace of two environments',
      environment => environment.cluster,
    ),
    ...repeated(
      facts.environments,
      'environments',
      environment => environment.domain,
      'is the domain of two environments',
    ),
    ...facts.environments.flatMap((environment, index) =>
      environmentProblems(environment, ['environments', index], facts),
    ),
    ...clusterProblems(facts),
    ...sourceProblems(facts),
    ...storeProblems(facts),
    ...imageProblems(facts),
  ];
}

function repeated<T>(
  entries: readonly T[],
  list: string,
  keyOf: (entry: T) => string,
  message: string,
  scopeOf: (entry: T) => string | undefined = () => undefined,
): readonly Problem[] {
  const keys = entries.map(keyOf);
  const scoped = entries.map(entry => `${scopeOf(entry)}/${keyOf(entry)}`);
  return keys.flatMap((key, index) =>
    scoped.indexOf(scoped[index] ?? '') === index
      ? []
      : [{ path: [list, index], message: `${list} ${key}: ${message}` }],
  );
}
