import { callsIn } from '../call-graph.ts';
import { peakDemand } from '../clusters/peak-demand.ts';
import type { EnvironmentFacts } from '../environment-schema.ts';
import type { Facts } from '../facts-schema.ts';
import { sizeReplicas } from '../sized-service.ts';
import { didYouMean } from './closest-word.ts';
import type { Problem } from './problem.ts';
import { storesInProblems } from './store-problems.ts';

/** Manifest folders that do not belong to an environment. */
const reservedFolders = ['cluster', 'clusters', 'credentials', 'delivery', 'monitoring', 'namespaces', 'nodes'];

/** Namespaces of other systems, whose manifests, quotas and policies an environment would overwrite. */
const reservedNamespaces = [
  ...['argocd', 'cert-manager', 'cnpg-system', 'datadog', 'default', 'elastic-system', 'external-secrets'],
  ...['flux-system', 'headstart-system', 'istio-system', 'karpenter', 'monitoring', 'redis-operator'],
];

/** The problems of one environment: weights of unknown services, a quota too small for the peak. */
export function environmentProblems(
  environment: EnvironmentFacts,
  path: Problem['path'],
  facts: Facts,
): readonly Problem[] {
  const names = facts.services.map(service => service.name);
  const monolith = facts.services.find(service => service.role === 'Monolith');
  const used = [...new Set(facts.services.flatMap(service => service.uses.map(use => use.limit)))];
  const domains = used.flatMap(limit => (limit.startsWith('postgres-') ? [limit.slice('postgres-'.length)] : []));
  const at = (message: string, ...rest: Problem['path']): Problem => ({
    path: [...path, ...rest],
    message: `environment ${environment.name}: ${message}`,
  });
  return [
    ...Object.entries(environment.migration).flatMap(([service, percent]) => {
      if (!names.includes(service)) {
        const hint = didYouMean(service, names);
        return [at(`migration of ${service}, which is not a service${hint}`, 'migration', service)];
      }
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
    ...Object.keys(environment.shards).flatMap(domain =>
      domains.includes(domain)
        ? []
        : [
            at(
              `shards of ${domain}: no service uses postgres-${domain}${didYouMean(domain, domains)}`,
              'shards',
              domain,
            ),
          ],
    ),
    ...Object.keys(environment.limits).flatMap(limit =>
      used.includes(limit)
        ? []
        : [at(`limits of ${limit}, which no service uses${didYouMean(limit, used)}`, 'limits', limit)],
    ),
    ...(reservedFolders.includes(environment.name)
      ? [at('is reserved for a folder of the whole cluster', 'name')]
      : []),
    ...(reservedNamespaces.includes(environment.namespace) || environment.namespace.startsWith('kube-')
      ? [at(`namespace ${environment.namespace} belongs to another system`, 'namespace')]
      : []),
    ...storesInProblems(environment, facts).map(message => at(message, 'dataStores')),
    ...quotaProblems(environment, facts).map(message => at(message, 'quota')),
    ...approvalProblems(environment, facts).map(message => at(message, 'approval')),
  ];
}

/** A threshold that no plan can exceed would look like a guard and ask nobody. */
function approvalProblems(environment: EnvironmentFacts, { services }: Facts): readonly string[] {
  const { aboveExtraReplicas } = environment.approval ?? {};
  const most = services
    .map(service => sizeReplicas(service, environment))
    .reduce((sum, { minReplicas, ceiling }) => sum + ceiling - minReplicas, 0);
  if (aboveExtraReplicas === undefined || aboveExtraReplicas < most) return [];
  return [`approval.aboveExtraReplicas ${aboveExtraReplicas} asks nobody: all ceilings together add ${most} replicas`];
}

function quotaProblems(environment: EnvironmentFacts, facts: Facts): readonly string[] {
  const { quota } = environment;
  if (quota === undefined) return [];
  const peak = peakDemand(environment, facts);
  return (['cpuMillicores', 'memoryMebibytes', 'pods'] as const)
    .filter(resource => quota[resource] < peak[resource])
    .map(resource => `quota.${resource} ${quota[resource]} is too small for the peak, which needs ${peak[resource]}`);
}
