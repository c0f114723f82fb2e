import { stopsRaises } from '../accept/effective-mode.ts';
import { mayRaise } from '../accept/target-standing.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { holdDaily } from '../floor/hold-daily.ts';
import { saleNeeds } from '../floor/replica-needs.ts';
import type { ReplicaChain } from '../floor/replicas/replica-chain.ts';
import { warmReplicas } from '../floor/replicas/warm-replicas.ts';
import type { SaleNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';

/** Readiness of one target for a sale: what the sale needs within all limits, and what is in force. */
export interface Readiness {
  readonly target: string;
  /** Replicas. */
  readonly floor: number;
  /** Whether the live bounds carry the floor. */
  readonly inForce: boolean;
  /** Replicas that are ready and warm. */
  readonly ready: number;
  /** Replicas that are ready and not warm yet. */
  readonly warming: number;
  /** Whether a pause forbids the raise. */
  readonly isPaused: boolean;
}

/**
 * The readiness of every target that the sale raises, from its prescale time on: its own need at `now`, within the
 * floors of all sales together.
 */
export function saleReadiness(input: {
  readonly sale: ScheduledSale;
  readonly desiredFloors: readonly DesiredFloor[];
  readonly chain: ReplicaChain;
  /** Epoch ms. */
  readonly now: number;
}): readonly Readiness[] {
  const { sale, desiredFloors, chain, now } = input;
  if (!sale.covers) return [];
  // A floor held daily rises ahead of demand: ready must be what this minute needs.
  const needed = (need: SaleNeed) => saleNeeds(need.aheadMs === undefined ? need : holdDaily(need, 0), now);
  const needs = new Map([...sale.needs].map(([name, need]) => [name, { needs: needed(need) }]));
  const within = new Map(desiredFloors.map(({ name, replicas = 0 }) => [name, { replicas }]));
  const own = chain.run(needs, { within, isUnexplained: true });
  return desiredFloors.filter(mayRaise).flatMap((desired): readonly Readiness[] => {
    const { name, observed, scaler } = desired;
    const floor = own.get(name)?.replicas;
    if (floor === undefined || scaler === undefined) return [];
    if (floor <= observed.target.spec.baseline.minReplicas) return [];
    const ready = warmReplicas(observed, now);
    const warming = observed.pods === undefined ? 0 : observed.pods.readySince.length - ready;
    return [
      {
        target: name,
        floor,
        inForce: scaler.minReplicas >= floor,
        ready,
        warming,
        isPaused: stopsRaises(desired.paused),
      },
    ];
  });
}
