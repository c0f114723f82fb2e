import { hashText, smoothNoise } from './random.ts';
import type { SimulatedService } from './service.ts';
import type { Traffic } from './traffic.ts';

/** Requests a second that reach a service. */
export interface Demand {
  readonly services: readonly string[];
  /** At an instant, epoch ms. @throws RangeError for a service that is not in the marketplace */
  at(service: string, t: number): number;
  /** The mean over [from, until), sampled every second; longer spans every 15 s, as a scraper would. */
  mean(service: string, from: number, until: number): number;
}

interface Path {
  readonly ratio: number;
  readonly saleRatio: number;
  readonly lagMs: number;
}

/** How far the mix of calls wanders around its ratio, as a share. */
const ratioWander = 0.03;
const wanderSeconds = 1200;

/**
 * The traffic at the entry, carried over the call graph: each service sees the sum over all paths that lead to it. Sale
 * traffic travels later and in another mix than the ordinary day's.
 *
 * @throws RangeError when a call leads to an unknown service or in a circle
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
    const wander = service.entryPoint ? 1 : 1 + ratioWander * smoothNoise(route.seed, t / 1000 / wanderSeconds);
    return through * wander + (service.ownPerSecond * base) / traffic.meanPerSecond;
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
    const stranger = service.calls.find(call => !names.has(call.target));
    if (stranger !== undefined)
      throw new RangeError(`${service.name} calls ${stranger.target}, which is not in this marketplace`);
  }
}

/** Every way from an entry point to `name`, walked backwards. */
function findPaths(services: readonly SimulatedService[], name: string, seen: readonly string[]): readonly Path[] {
  if (seen.includes(name)) throw new RangeError(`calls run in a circle: ${[...seen, name].reverse().join(' → ')}`);
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
