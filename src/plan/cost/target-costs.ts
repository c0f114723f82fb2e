import type { CallGraph } from '../../api/call-graph.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { Tier } from '../../api/tier.ts';
import { type CapacityInUse, capacityInUse } from '../../learn/capacity/capacity-in-use.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { quantileByCost } from './quantile-by-cost.ts';
import { requestsPerEntry } from './requests-per-entry.ts';

/** What one target's replicas and shortages cost, and the quantile level that follows. */
export interface TargetCost {
  /** Code of ISO 4217 in which all amounts are. */
  readonly currency: string;
  readonly tier: Tier;
  /** Price of one replica for one hour. */
  readonly replicaHour: number;
  /** Value of the orders that one lost request loses; absent where orders are not stated. */
  readonly lossPerRequest?: number;
  /** Value of the orders that one missing replica loses in one hour of full load; absent where orders are not stated, or capacity is not known. */
  readonly lossPerReplicaHour?: number;
  /** Level (0–1) by which its floors are sized. */
  readonly level: number;
}

/** Share (0–1) of a request's orders that is lost with it. The shop works without most of what is in the background. */
const lostShare: Readonly<Record<Tier, number>> = { Critical: 1, Standard: 0.5, Background: 0.1 };

const secondsPerHour = 3600;

/**
 * Computes what a shortage of each target costs beside a replica, by target name; empty where the policy states no cost.
 *
 *   orders per request = ordersPerHundredRequests ÷ 100 ÷ requests at the target per request at the entry point, ≤ 1
 *   loss per request   = orders per request × orderValue × share that is lost by tier (1, 0.5 or 0.1)
 *   loss per replica   = loss per request × capacity of a replica × 3,600
 *
 * So a lost request at a checkout that one visitor in ten reaches costs ten times one at the gateway, and one at
 * recommendations in the background a tenth.
 */
export function targetCosts(
  {
    policy: { cost },
    targets,
    now,
  }: Pick<Observation, 'policy' | 'now'> & { readonly targets: readonly Pick<TargetObservation, 'target'>[] },
  graph: CallGraph,
): ReadonlyMap<string, TargetCost> {
  if (cost === undefined) return new Map();
  const perEntry = requestsPerEntry(graph);
  return new Map(
    targets.map(({ target }): [string, TargetCost] => {
      const { metadata, spec } = target;
      const replicaHour = parseQuantity(cost.replicaHour);
      const losses = lossesOf(
        { tier: spec.tier, capacity: capacityInUse(target, now) },
        cost,
        perEntry.get(metadata.name) ?? 1,
      );
      const level = quantileByCost(spec.tier, { replicaHour, lossPerReplicaHour: losses?.lossPerReplicaHour });
      return [metadata.name, { currency: cost.currency, tier: spec.tier, replicaHour, ...losses, level }];
    }),
  );
}

function lossesOf(
  { tier, capacity }: { readonly tier: Tier; readonly capacity: CapacityInUse },
  { orderValue, ordersPerHundredRequests }: NonNullable<Observation['policy']['cost']>,
  perEntry: number,
): Pick<TargetCost, 'lossPerRequest' | 'lossPerReplicaHour'> | undefined {
  if (orderValue === undefined || ordersPerHundredRequests === undefined) return undefined;
  const atEntry = parseQuantity(ordersPerHundredRequests) / 100;
  const orders = atEntry === 0 ? 0 : Math.min(Math.max(1, atEntry), atEntry / perEntry);
  const lossPerRequest = orders * parseQuantity(orderValue) * lostShare[tier];
  const { perReplica } = capacity;
  if (perReplica === undefined) return { lossPerRequest };
  return { lossPerRequest, lossPerReplicaHour: lossPerRequest * perReplica * secondsPerHour };
}
