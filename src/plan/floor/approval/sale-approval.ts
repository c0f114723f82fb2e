import { recordedTargets } from '../../../api/learned/recorded-targets.ts';
import type { Observation } from '../../../observe/observation.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import { peakAtEntry } from '../peak-at-entry.ts';
import type { ReplicaChain } from '../replicas/replica-chain.ts';
import { shareTotal } from '../replicas/share-total.ts';
import type { ScheduledSale } from '../schedule-sales.ts';
import { type AskedApproval, askedApproval, statedPeak } from './asked-approval.ts';
import { type GivenApproval, givenApproval } from './given-approval.ts';

/** A sale's plan before its approval: what it asks for and what it was given. */
export interface SaleApproval {
  readonly sale: ScheduledSale;
  readonly asked: AskedApproval;
  readonly given: GivenApproval;
  /** Replicas that each target may have by `aboveExtraReplicas`, by name, before the sale is due. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Replicas by target name. */
export type ReplicasByTarget = ReadonlyMap<string, number>;

/** Finds what each scheduled sale in mode Apply asks approval for, by SalePlan; empty where the policy asks for none. */
export function saleApprovals(input: {
  readonly observation: Observation;
  readonly sales: readonly ScheduledSale[];
  /** The sales that count in the demand of others, as `countedSales` gives them. */
  readonly counted: readonly Occurrence[];
  readonly chain: ReplicaChain;
}): ReadonlyMap<string, SaleApproval> {
  const { observation, sales, counted, chain } = input;
  const { approval } = observation.policy;
  if (approval === undefined) return new Map();
  const wanted = new Map(sales.map(sale => [sale.occurrence.salePlan, wantedBySale(sale)]));
  const asking = sales.filter(({ mode }) => mode === 'Apply');
  return new Map(
    asking.map((sale): [string, SaleApproval] => {
      const { occurrence } = sale;
      const others = counted.filter(
        other => other.salePlan !== occurrence.salePlan && other.start < occurrence.end && occurrence.start < other.end,
      );
      const wants = [occurrence, ...others].map(one => wanted.get(one.salePlan) ?? recordedWants(one));
      const peaks = [statedPeak([occurrence, ...others].map(({ spec }) => spec)), peakAtEntry(sale)?.peakPercent];
      const known = peaks.filter(peak => peak !== undefined);
      const asked = askedApproval(approval, {
        peakPercent: known.length === 0 ? undefined : Math.max(...known),
        extraReplicas: extraOf(highestOf(wants), chain),
        others: others.map(other => other.sale),
      });
      const given = givenApproval(occurrence.record, observation.approvalGuard, observation.now);
      const shares = asked.isWide ? extraShares(wants, chain, approval.aboveExtraReplicas ?? 0) : new Map();
      return [occurrence.salePlan, { sale, asked, given, shares }];
    }),
  );
}

/** What a sale wants of each target, within caps. */
export function wantedBySale({ whole }: Pick<ScheduledSale, 'whole'>): ReplicasByTarget {
  return new Map([...whole].map(([name, { replicas }]) => [name, replicas]));
}

/** What the SalePlan of a sale that is not planned now records. */
function recordedWants({ record }: Occurrence): ReplicasByTarget {
  const targets = recordedTargets(record?.status?.plan);
  return new Map(targets.map(({ target, steps }) => [target, Math.max(0, ...steps.map(step => step.minReplicas))]));
}

/** The highest number of each target. */
function highestOf(all: readonly ReplicasByTarget[]): ReplicasByTarget {
  const highest = new Map<string, number>();
  for (const wants of all)
    for (const [name, replicas] of wants) highest.set(name, Math.max(replicas, highest.get(name) ?? 0));
  return highest;
}

function extraOf(wants: ReplicasByTarget, { targets }: ReplicaChain): number {
  return targets
    .entries()
    .reduce(
      (sum, [name, { spec, mayRaise }]) =>
        mayRaise ? sum + Math.max(0, (wants.get(name) ?? 0) - spec.baseline.minReplicas) : sum,
      0,
    );
}

/**
 * Shares `extra` replicas above the baselines among the targets of some sales, by tier, then in proportion to what each
 * lacks; each target's baseline is included.
 */
export function extraShares(
  wants: readonly ReplicasByTarget[],
  { targets }: ReplicaChain,
  extra: number,
): ReplicasByTarget {
  const highest = highestOf(wants);
  const raised = [...targets].filter(([, { mayRaise }]) => mayRaise);
  const claims = raised.map(([target, { spec }]) => {
    const kept = spec.baseline.minReplicas;
    return { target, tier: spec.tier, kept, wanted: Math.max(kept, highest.get(target) ?? 0) };
  });
  return shareTotal(claims, claims.reduce((sum, { kept }) => sum + kept, 0) + extra);
}
