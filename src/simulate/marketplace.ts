import { createRandom } from './random.ts';
import type { SimulatedCall, SimulatedService } from './service.ts';

/** What a ScalingTarget says about its service, as far as the simulation takes it at its word. */
export interface StatedService {
  readonly name: string;
  readonly capacityPerReplica: number;
  readonly p95Milliseconds: number;
  readonly entryPoint: boolean;
  readonly minReplicas: number;
  readonly calls: readonly { readonly target: string; readonly perThousandRequests: number }[];
}

/**
 * The physics behind the conditions, drawn by seed: how long pods take to start, how people's mix of calls shifts in a
 * sale and how much later each call's surge comes.
 */
export function simulateServices(stated: readonly StatedService[], seed: number): readonly SimulatedService[] {
  return stated.map(service => {
    const random = createRandom(seed, `service ${service.name}`);
    const least = random.between(28, 40);
    return {
      name: service.name,
      capacityPerReplica: service.capacityPerReplica,
      p95Milliseconds: service.p95Milliseconds,
      entryPoint: service.entryPoint,
      calls: service.calls.map(call => simulateCall(call, seed, service.name)),
      ownPerSecond: 0,
      startSeconds: { least, most: least + random.between(12, 25) },
    };
  });
}

/** An average hour is what the minimum of replicas serves with a little room: evenings need more, nights less. */
const ordinaryShare = 0.85;

/** Requests a second that enter the marketplace on an average hour. */
export function ordinaryDemand(stated: readonly StatedService[]): number {
  return stated
    .filter(service => service.entryPoint)
    .reduce((sum, entry) => sum + ordinaryShare * entry.minReplicas * entry.capacityPerReplica, 0);
}

/** Who calls rarely is called with a plan in mind (a checkout, a payment): later, and more often when prices are low. */
function simulateCall(call: StatedService['calls'][number], seed: number, caller: string): SimulatedCall {
  const random = createRandom(seed, `call ${caller} ${call.target}`);
  const isPurchase = call.perThousandRequests < 100;
  return {
    ...call,
    saleShift: isPurchase ? random.between(1.0, 1.25) : random.between(0.9, 1.1),
    saleLagSeconds: isPurchase ? random.between(60, 150) : 0,
  };
}
