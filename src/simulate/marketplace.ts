import { createRandom } from './random.ts';
import type { SimulatedCall, SimulatedService } from './service.ts';

/** The fields of a ScalingTarget that the simulation uses. */
export interface StatedService {
  readonly name: string;
  readonly capacityPerReplica: number;
  readonly p95Milliseconds: number;
  readonly entryPoint: boolean;
  readonly minReplicas: number;
  readonly calls: readonly { readonly target: string; readonly perThousandRequests: number }[];
}

/**
 * Draws from the seed what ScalingTargets do not state: how long pods take to start, how call ratios change in a sale,
 * and how much later each call's surge comes.
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

/** Demand in an average hour as a share of what the minimum of replicas serves; evenings have more, nights less. */
const ordinaryShare = 0.85;

/** Requests per second that enter the marketplace in an average hour. */
export function ordinaryDemand(stated: readonly StatedService[]): number {
  return stated
    .filter(service => service.entryPoint)
    .reduce((sum, entry) => sum + ordinaryShare * entry.minReplicas * entry.capacityPerReplica, 0);
}

/**
 * Simulates one call. Rare calls (a checkout, a payment) belong to a purchase: in a sale they come later and are more
 * frequent.
 */
function simulateCall(call: StatedService['calls'][number], seed: number, caller: string): SimulatedCall {
  const random = createRandom(seed, `call ${caller} ${call.target}`);
  const isPurchase = call.perThousandRequests < 100;
  return {
    ...call,
    saleShift: isPurchase ? random.between(1.0, 1.25) : random.between(0.9, 1.1),
    saleLagSeconds: isPurchase ? random.between(60, 150) : 0,
  };
}
