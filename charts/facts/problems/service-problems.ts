import { largestPod } from '../clusters/node-pool.ts';
import type { Facts, ServiceFacts } from '../facts-schema.ts';
import { metricsPort } from '../metrics-port.ts';
import { didYouMean } from './closest-word.ts';
import { egressProblems } from './egress-problems.ts';
import { findCycle, findReachable } from './graph-search.ts';
import type { Problem } from './problem.ts';

/** Said when no service is an entry point. */
export const noEntryPoint = 'no service is an entryPoint: mark the one where the traffic of a sale enters';

/** Volumes of the charts' own. */
const reservedVolumes = ['pages', 'stores', 'tmp'];

/** Folders of an environment that do not belong to a service. */
const reservedFolders = ['data', 'platform'];

/** The problems of one service and its calls. */
export function serviceProblems(service: ServiceFacts, path: Problem['path'], facts: Facts): readonly Problem[] {
  const { name, baseline, ceiling, ports } = service;
  const at = (message: string, ...rest: Problem['path']): Problem => ({
    path: [...path, ...rest],
    message: `service ${name}: ${message}`,
  });
  return [
    ...(reservedFolders.includes(name) ? [at(`is reserved for a folder of every environment`, 'name')] : []),
    ...(facts.services.some(each => each.uses.some(use => use.limit === name))
      ? [at('is the name of a store, and their manifests would overwrite each other', 'name')]
      : []),
    ...(baseline.minReplicas > baseline.maxReplicas
      ? [at(`baseline.minReplicas ${baseline.minReplicas} is above maxReplicas ${baseline.maxReplicas}`, 'baseline')]
      : []),
    ...(ceiling < baseline.maxReplicas
      ? [at(`ceiling ${ceiling} is below baseline.maxReplicas ${baseline.maxReplicas}`, 'ceiling')]
      : []),
    ...ports.flatMap((port, index) => {
      const owner = ports.slice(0, index).find(each => each.port === port.port || each.name === port.name);
      return owner === undefined
        ? []
        : [at(`port ${port.port} "${port.name}" is also used by "${owner.name}"`, 'ports', index)];
    }),
    ...ports.flatMap((port, index) =>
      port.port === metricsPort.port || port.name === metricsPort.name
        ? [at(`port ${port.port} "${port.name}" is reserved for the metrics`, 'ports', index)]
        : [],
    ),
    ...service.calls.flatMap((call, index) =>
      service.calls.findIndex(each => each.service === call.service) === index
        ? []
        : [at(`calls ${call.service} twice`, 'calls', index)],
    ),
    ...service.uses.flatMap((use, index) => useProblem(use, facts).map(message => at(message, 'uses', index))),
    ...service.volumes.flatMap(({ name: volume }, index) =>
      reservedVolumes.includes(volume) || service.volumes.findIndex(each => each.name === volume) < index
        ? [at(`volume ${volume} is there already`, 'volumes', index)]
        : [],
    ),
    ...egressProblems(service).map(message => at(message, 'egress')),
    ...sizeProblems(service).map(message => at(message, 'resources')),
    ...service.calls.flatMap((call, index) => callProblem(call, facts).map(message => at(message, 'calls', index))),
  ];
}

/** A pod that no node of the pool has room for. */
function sizeProblems({ resources }: ServiceFacts): readonly string[] {
  const most = largestPod();
  return (['cpuMillicores', 'memoryMebibytes'] as const)
    .filter(resource => resources[resource] > most[resource])
    .map(resource => `${resource} ${resources[resource]} fits no node: the largest leaves ${most[resource]} to pods`);
}

/** A name in `uses` is a store, whose connections are counted, a limit that some environment states, or a partner's. */
function useProblem({ limit, perReplica }: ServiceFacts['uses'][number], { environments }: Facts): readonly string[] {
  const totals = environments.flatMap(environment => Object.keys(environment.limits));
  const isStore = /^(postgres|redis|elasticsearch)-./.test(limit);
  if (isStore && perReplica === undefined)
    return [`uses ${limit} by perThousandRequests: state the connections of each replica as perReplica`];
  if (isStore || /^partner-./.test(limit) || totals.includes(limit)) return [];
  const [kind = ''] = limit.split('-');
  const hint = didYouMean(kind, ['postgres', 'redis', 'elasticsearch', 'partner']);
  return [
    `uses ${limit}, which is neither a store (postgres-…, redis-…, elasticsearch-…) nor partner-… nor a limit of an environment${hint}`,
  ];
}

function callProblem(call: ServiceFacts['calls'][number], { services }: Facts): readonly string[] {
  const callee = services.find(each => each.name === call.service);
  if (callee === undefined) {
    const hint = didYouMean(
      call.service,
      services.map(each => each.name),
    );
    return [`calls ${call.service}, which is not a service${hint}`];
  }
  const offered = callee.ports.filter(port => port.protocol === call.protocol);
  if (offered.length === 0) return [`calls ${call.service} over ${call.protocol}, which it does not offer`];
  if (offered.some(port => port.api.includes(call.api))) return [];
  return [`calls ${call.service} in version ${call.api}; it offers ${offered.flatMap(port => port.api).join(', ')}`];
}

/** The problems of the call graph as a whole. */
export function graphProblems({ services }: Facts): readonly Problem[] {
  const edges = new Map(services.map(service => [service.name, service.calls.map(call => call.service)]));
  const cycle = findCycle(edges);
  const entryPoints = services.filter(service => service.entryPoint).map(service => service.name);
  const nested = entryPoints.flatMap(from =>
    entryPoints.filter(to => to !== from && findReachable(edges, from).has(to)).map(to => [from, to] as const),
  );
  const unique = (['Gateway', 'Storefront', 'Monolith'] as const).map(role => ({
    role: role.toLowerCase(),
    names: services.filter(service => service.role === role).map(service => service.name),
  }));
  const withoutHttp = services.findIndex(
    ({ role, ports }) => role === 'Monolith' && ports.every(each => each.protocol !== 'http'),
  );
  return [
    ...(cycle === undefined ? [] : [{ path: ['services'], message: `calls form a cycle: ${cycle.join(' → ')}` }]),
    ...(entryPoints.length === 0 ? [{ path: ['services'], message: noEntryPoint }] : []),
    ...nested.map(([from, to]) => ({
      path: ['services', services.findIndex(service => service.name === to), 'entryPoint'],
      message: `service ${to}: is an entry point that ${from} already reaches; its traffic would count twice`,
    })),
    ...unique
      .filter(({ names }) => names.length > 1)
      .map(({ role, names }) => ({ path: ['services'], message: `there are two ${role}s: ${names.join(', ')}` })),
    ...(withoutHttp === -1
      ? []
      : [
          {
            path: ['services', withoutHttp, 'ports'],
            message: `service ${services[withoutHttp]?.name}: is the monolith and must offer http, to answer what is not migrated`,
          },
        ]),
  ];
}
