import type { CallFacts, EnvironmentFacts, ServiceFacts } from './facts-schema.ts';

/** The share of its calls that a service answers itself in an environment, 0–100; the monolith answers the rest. */
export function migratedPercent(service: string, { migration }: EnvironmentFacts): number {
  return migration[service] ?? 100;
}

/**
 * Whom a service calls in an environment: each call split between the service and the monolith by the migration's weight,
 * so that the monolith's share of the load follows from the same table as the routes.
 */
export function callsIn(
  environment: EnvironmentFacts,
  service: ServiceFacts,
  monolith: ServiceFacts | undefined,
): readonly CallFacts[] {
  const calls = new Map<string, CallFacts>();
  for (const call of service.calls) {
    const percent = monolith === undefined ? 100 : migratedPercent(call.service, environment);
    const migrated = Math.round((call.perThousandRequests * percent) / 100);
    if (migrated > 0) calls.set(call.service, { ...call, perThousandRequests: migrated });
    if (monolith !== undefined && migrated < call.perThousandRequests) {
      const before = calls.get(monolith.name)?.perThousandRequests ?? 0;
      calls.set(monolith.name, {
        service: monolith.name,
        protocol: 'http',
        api: 'v1',
        perThousandRequests: before + call.perThousandRequests - migrated,
      });
    }
  }
  return [...calls.values()];
}

/** A call, and the name of the port that it goes to. */
export interface Call extends CallFacts {
  readonly portName: string;
}

/** Whom each service calls in an environment, by service; linear in the calls. */
export function callGraph(
  environment: EnvironmentFacts,
  services: readonly ServiceFacts[],
): ReadonlyMap<string, readonly Call[]> {
  const monolith = services.find(service => service.role === 'Monolith');
  const byName = new Map(services.map(service => [service.name, service]));
  const toPort = (call: CallFacts): Call => {
    const port = byName.get(call.service)?.ports.find(({ protocol }) => protocol === call.protocol);
    return { ...call, portName: port?.name ?? call.protocol };
  };
  return new Map(services.map(service => [service.name, callsIn(environment, service, monolith).map(toPort)]));
}
