import { callsIn } from './call-graph.ts';
import type { EnvironmentFacts, Facts } from './facts-schema.ts';
import { peakDemand } from './peak-demand.ts';
import type { Problem } from './problem.ts';

/** What is wrong with one environment: weights of unknown services, a quota too small for the peak. */
export function environmentProblems(
  environment: EnvironmentFacts,
  path: Problem['path'],
  facts: Facts,
): readonly Problem[] {
  const names = facts.services.map(service => service.name);
  const monolith = facts.services.find(service => service.role === 'Monolith');
  const at = (message: string, ...rest: Problem['path']): Problem => ({
    path: [...path, ...rest],
    message: `environment ${environment.name}: ${message}`,
  });
  return [
    ...Object.entries(environment.migration).flatMap(([service, percent]) => {
      if (!names.includes(service)) return [at(`migration of ${service}, which is no service`, 'migration', service)];
      if (percent < 100 && monolith === undefined) {
        return [
          at(`migration of ${service} is ${percent} %, and there is no monolith for the rest`, 'migration', service),
        ];
      }
      return [];
    }),
    ...facts.services.flatMap(service =>
      new Set(callsIn(environment, service, monolith).map(call => call.service)).has(service.name)
        ? [at(`${service.name} would call itself by the migration's weights`, 'migration')]
        : [],
    ),
    ...quotaProblems(environment, facts).map(message => at(message, 'quota')),
  ];
}

function quotaProblems(environment: EnvironmentFacts, facts: Facts): readonly string[] {
  const { quota } = environment;
  if (quota === undefined) return [];
  const peak = peakDemand(environment, facts.services);
  return (['cpuMillicores', 'memoryMebibytes', 'pods'] as const)
    .filter(resource => quota[resource] < peak[resource])
    .map(resource => `quota.${resource} ${quota[resource]} is too small for the peak, which needs ${peak[resource]}`);
}
