import { environmentProblems } from './environment-problems.ts';
import type { Facts } from './facts-schema.ts';
import { imageProblems } from './image-problems.ts';
import type { Problem } from './problem.ts';
import { graphProblems, serviceProblems } from './service-problems.ts';

/** All problems at once, in the order of the facts; empty when manifests can be made. */
export function findProblems(facts: Facts): readonly Problem[] {
  return [
    ...repeated(facts.services, 'services', service => service.name, 'is there twice'),
    ...facts.services.flatMap((service, index) => serviceProblems(service, ['services', index], facts)),
    ...graphProblems(facts),
    ...repeated(facts.environments, 'environments', environment => environment.name, 'is there twice'),
    ...repeated(
      facts.environments,
      'environments',
      environment => environment.namespace,
      'is the namespace of two environments',
    ),
    ...facts.environments.flatMap((environment, index) =>
      environmentProblems(environment, ['environments', index], facts),
    ),
    ...imageProblems(facts),
  ];
}

function repeated<T>(
  entries: readonly T[],
  list: string,
  keyOf: (entry: T) => string,
  message: string,
): readonly Problem[] {
  const keys = entries.map(keyOf);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index ? [] : [{ path: [list, index], message: `${list} ${key}: ${message}` }],
  );
}
