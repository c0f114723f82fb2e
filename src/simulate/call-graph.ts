import { hashText, smoothNoise } from './random.ts';
import type { SimulatedService } from './service.ts';
import type { Traffic } from './traffic.ts';

/** The requests per second that reach each service. */
export interface Demand {
  readonly services: readonly string[];
  /** Demand at an instant (epoch ms). @throws RangeError for a service that is not in the marketplace */
  at(service: string, t: number): number;
  /** Mean demand over [from, until), sampled every second; for spans over 15 s, every 15 s, as a scraper would. */
  mean(service: string, from: number, until: number): number;
}

interface Path {
  readonly ratio: number;
  readonly saleRatio: number;
  readonly lagMs: number;
}

/** Largest slow deviation of a service's demand from its call ratio, as a share. */
const ratioDrift = 0.03;
const driftSeconds = 1200;

/**
 * Carries the traffic at the entry points over the call graph: the demand of a service is the sum over all paths that
 * lead to it. Sale traffic arrives later and with other call ratios than ordinary traffic.
 *
 * @throws RangeError when a service calls an unknown service, or the calls form a cycle
 */
export function createDemand(services: readonly SimulatedService[], traffic: Traffic, seed: number): Demand {
  refuseUnknownCalls(services);
  const routes = new Map(
    services.map(service => [
      service.name,
      { service, paths: findPaths(services, service.name, []), seed: hashText(service.name, seed) },
    ]),
  );
  const at = (name: string, t: number) => {
    const route = routes.get(name);
    if (route === undefined) throw new RangeError(`no service ${name} in this marketplace`);
    const { service, paths } = route;
    const base = traffic.base(t);
    const through = paths.reduce(
      (sum, path) => sum + path.ratio * base + path.saleRatio * traffic.extra(t - path.lagMs),
      0,
    );
    const drift = service.entryPoint ? 1 : 1 + ratioDrift * smoothNoise(route.seed, t / 1000 / driftSeconds);
    return through * drift + (service.ownPerSecond * base) / traffic.meanPerSecond;
  };
  return {
    services: services.map(service => service.name),
    at,
    mean: (name, from, until) => {
      const step = until - from > 15_000 ? 15_000 : 1000;
      let sum = 0;
      let count = 0;
      for (let t = from; t < until; t += step) {
        sum += at(name, t + step / 2);
        count++;
      }
      return count === 0 ? at(name, from) : sum / count;
    },
  };
}

function refuseUnknownCalls(services: readonly SimulatedService[]): void {
  const names = new Set(services.map(service => service.name));
  for (const service of services) {
    const unknownCall = service.calls.find(call => !names.has(call.target));
    if (unknownCall !== undefined)
      throw new RangeError(`${service.name} calls ${unknownCall.target}, which is not in this marketplace`);
  }
}

/** Finds every path from an entry point to `name`, by following the calls backwards. */
function findPaths(services: readonly SimulatedService[], name: string, seen: readonly string[]): readonly Path[] {
  if (seen.includes(name)) throw new RangeError(`calls form a cycle: ${[...seen, name].reverse().join(' → ')}`);
  const isEntry = services.some(service => service.name === name && service.entryPoint);
  const own: readonly Path[] = isEntry ? [{ ratio: 1, saleRatio: 1, lagMs: 0 }] : [];
  const through = services.flatMap(caller => {
    const call = caller.calls.find(one => one.target === name);
    if (call === undefined) return [];
    const ratio = call.perThousandRequests / 1000;
    return findPaths(services, caller.name, [...seen, name]).map(path => ({
      ratio: path.ratio * ratio,
      saleRatio: path.saleRatio * ratio * call.saleShift,
      lagMs: path.lagMs + call.saleLagSeconds * 1000,
    }));
  });
  return [...own, ...through];
}
