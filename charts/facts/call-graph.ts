import { ownFact } from '../own-fact.ts';
import type { EnvironmentFacts } from './environment-schema.ts';
import type { CallFacts, ServiceFacts } from './facts-schema.ts';

/**
 * The percentage of its calls that a service answers itself in an environment, 0–100; the monolith answers the rest.
 */
export function migratedPercent(service: string, { migration }: EnvironmentFacts): number {
  return ownFact(migration, service) ?? 100;
}

/**
 * The calls of a service in an environment: each call is split between the called service and the monolith by the
 * migration's weight, so that the monolith's load follows from the same table as the routes. Shares are rounded up, so
 * that a route of 1 % is a call. A gateway always calls the monolith, since clients can be rolled back to it by a
 * header.
 */
export function callsIn(
  environment: EnvironmentFacts,
  service: ServiceFacts,
  monolith: ServiceFacts | undefined,
): readonly CallFacts[] {
  const calls = new Map<string, CallFacts>();
  let unmigrated = 0;
  const share = (call: CallFacts, percent: number) => Math.ceil((call.perThousandRequests * percent) / 100);
  for (const call of service.calls) {
    const percent = monolith === undefined ? 100 : migratedPercent(call.service, environment);
    if (percent > 0) calls.set(call.service, { ...call, perThousandRequests: share(call, percent) });
    unmigrated += share(call, 100 - percent);
  }
  if (monolith !== undefined && (unmigrated > 0 || service.role === 'Gateway')) {
    const call = calls.get(monolith.name) ?? callTo(monolith);
    calls.set(monolith.name, { ...call, perThousandRequests: call.perThousandRequests + unmigrated });
  }
  return [...calls.values()];
}

function callTo({ name, ports }: ServiceFacts): CallFacts {
  const api = ports.find(port => port.protocol === 'http')?.api[0] ?? 'v1';
  return { service: name, protocol: 'http', api, perThousandRequests: 0 };
}

/** A call with the name of the port that it goes to. */
export interface PortCall extends CallFacts {
  readonly portName: string;
}

/** The calls of all services in an environment, by caller; linear in the number of calls. */
export function serviceCalls(
  environment: EnvironmentFacts,
  services: readonly ServiceFacts[],
): ReadonlyMap<string, readonly PortCall[]> {
  const monolith = services.find(service => service.role === 'Monolith');
  const byName = new Map(services.map(service => [service.name, service]));
  const toPort = (call: CallFacts): PortCall => {
    const port = byName.get(call.service)?.ports.find(({ protocol }) => protocol === call.protocol);
    return { ...call, portName: port?.name ?? call.protocol };
  };
  return new Map(services.map(service => [service.name, callsIn(environment, service, monolith).map(toPort)]));
}
