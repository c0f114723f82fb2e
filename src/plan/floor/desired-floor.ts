import type { DemandForecast } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { TargetStanding } from '../accept/target-standing.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import { curveOf } from '../demand/curve.ts';
import { afterCeiling } from './after-ceiling.ts';
import { emergencyNeeds, emergencyStep } from './emergency-needs.ts';
import { planFloor } from './plan-floor.ts';
import { recentNeeds } from './recent-needs.ts';
import type { FailingPods } from './replicas/failing-pods.ts';
import { capOf } from './replicas/limit-to-cap.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import {
  type ApprovalLimit,
  type Cap,
  explainSteps,
  type NamespaceReplicas,
  type ReplicaNeed,
  type TargetNeeds,
  type TargetReplicas,
} from './replicas/replica-rule.ts';
import type { SharedLimit } from './replicas/shared-limit.ts';
import type { ScheduledSale } from './schedule-sales.ts';
import type { SurgeRoom } from './surge-room.ts';

/** The replicas that one target should have now, by the law of the floor and within all limits. */
export interface DesiredFloor extends TargetStanding {
  /** The floor before any limit; absent when none is due. */
  readonly floor?: { readonly replicas: number; readonly reason: ReplicaNeed['reason'] };
  /** The strictest cap on the target. */
  readonly cap: Cap;
  /** The highest bound, in replicas, that is approved now; absent where no approval states one. */
  readonly approvedBound?: number | undefined;
  /** Replicas that its sales need of it now, within its cap, while an emergency decides; absent without one. */
  readonly neededBySales?: number | undefined;
  /** The floor within all limits, in replicas; absent without a floor. */
  readonly replicas?: number;
  readonly boundBy?: Cap | undefined;
  /** The shared limit that binds most; absent when none binds. */
  readonly limitedBy?: SharedLimit | undefined;
  /** The most that shared limits leave to the maximum; absent when none binds. */
  readonly surgeRoom?: SurgeRoom;
  /** Whether the namespace's total binds. */
  readonly isShared: boolean;
  /** The guard that keeps it from rising, because its added pods fail; absent where none binds. */
  readonly guardedBy?: FailingPods | undefined;
  readonly because: readonly ReasonStep[];
  /**
   * Replicas for the demand of the newest minutes, to which a workload without an HPA is restored; absent when it is
   * unknown.
   */
  readonly recentNeed?: number | undefined;
  /** Sales that cover the target now. */
  readonly covering: readonly ScheduledSale[];
}

/** Whether a limit leaves the floor less than it needs. */
export function isBound({ boundBy, limitedBy, isShared }: DesiredFloor): boolean {
  return boundBy !== undefined || limitedBy !== undefined || isShared;
}

/** Input for the floors of a namespace, in addition to the state of each target. */
export interface FloorContext {
  readonly observation: Observation;
  readonly sales: readonly ScheduledSale[];
  /** Forecasts of the time just ahead, by target name. */
  readonly ahead: Readonly<Record<string, DemandForecast | Missing>>;
  readonly chain: ReplicaChain;
  /** What shortages and replicas of each target cost, by name; empty where the policy states no cost. */
  readonly costs: ReadonlyMap<string, TargetCost>;
  /** What of each target is approved now, by name; absent while nothing due asks for approval. */
  readonly approved?: ReadonlyMap<string, ApprovalLimit>;
}

/**
 * The needs of one target now, before any rule; undefined when no floor is due. Those of its sales are listed beside an
 * emergency's, because they come first where a total is shared.
 */
export function floorNeeds(standing: TargetStanding, context: FloorContext): TargetNeeds | undefined {
  const { observed, scaler, refusal, name } = standing;
  const { now, policy, limits } = context.observation;
  const emergency = emergencyNeeds(standing, capOf(observed.target.spec, policy, limits).replicas);
  if (emergency.overrides && emergency.needs === undefined) return undefined;
  if (refusal !== undefined) return emergency.needs;
  const covering = coveringSales(name, context.sales);
  const ceiling = covering.length === 0 ? undefined : afterCeiling(standing, context.observation, covering);
  const calm = planFloor({
    now,
    target: observed,
    scaler,
    covering: covering.map(sale => sale.needs.get(name)).filter(need => need !== undefined),
    peak: highestGiven(name, covering, context),
    ordinary: observed.target.spec.ordinaryPeaks ? ordinaryDemand(ownValue(context.ahead, name)) : undefined,
    policy,
    limits,
    cost: context.costs.get(name),
    ...(ceiling === undefined ? {} : { afterCeiling: ceiling }),
  });
  if (emergency.needs === undefined) return calm;
  return { needs: [...emergency.needs.needs, ...(calm?.needs ?? [])] };
}

/** The most replicas that covering sales are given of a target at any time: within caps, limits and what is approved. */
function highestGiven(
  name: string,
  covering: readonly ScheduledSale[],
  { approved }: Pick<FloorContext, 'approved'>,
): number {
  const planned = Math.max(0, ...covering.map(({ whole }) => whole.get(name)?.replicas ?? 0));
  return Math.min(planned, approved?.get(name)?.replicas ?? planned);
}

/** Builds the floor of each target from the result of the rules; a target without numbers has no floor. */
export function floorsFrom(
  standings: readonly TargetStanding[],
  replicas: NamespaceReplicas,
  { observation, sales, chain, approved }: FloorContext,
): readonly DesiredFloor[] {
  const { policy, limits } = observation;
  const recent = recentNeeds(standings, limits, chain);
  return standings.map(standing => {
    const { name, observed, emergency } = standing;
    const { spec } = observed.target;
    const numbers = replicas.get(name);
    const cap = capOf(spec, policy, limits);
    return {
      ...standing,
      ...withinLimits(numbers),
      cap,
      approvedBound: approvedBound(approved?.get(name), numbers),
      neededBySales: neededBySales(numbers, cap),
      ...(emergency?.action === 'Baseline'
        ? { because: explainSteps([emergencyStep(standing, spec.baseline.minReplicas)]) }
        : {}),
      recentNeed: recent.get(name),
      covering: coveringSales(name, sales),
    };
  });
}

/** The highest bound that is approved; what stands may be above it. */
function approvedBound(limit: ApprovalLimit | undefined, numbers: TargetReplicas | undefined): number | undefined {
  if (limit?.highestBound === undefined || numbers?.decisive?.reason === 'Emergency') return undefined;
  return Math.max(limit.highestBound, numbers?.replicas ?? 0);
}

function neededBySales(numbers: TargetReplicas | undefined, cap: Cap): number | undefined {
  if (numbers?.decisive?.reason !== 'Emergency') return undefined;
  const bySales = numbers.needs.filter(({ reason }) => reason !== 'Emergency' && reason !== 'OrdinaryPeak');
  return Math.min(cap.replicas, Math.max(0, ...bySales.map(need => need.replicas)));
}

function coveringSales(name: string, sales: readonly ScheduledSale[]): readonly ScheduledSale[] {
  return sales.filter(sale => sale.covers && sale.mode === 'Apply' && sale.needs.has(name));
}

function ordinaryDemand(ahead: DemandForecast | Missing | undefined) {
  if (ahead === undefined) return { missing: 'no forecast was made' };
  return isMissing(ahead) ? ahead : curveOf(ahead.base);
}

function withinLimits(
  numbers: TargetReplicas | undefined,
): Pick<DesiredFloor, 'floor' | 'replicas' | 'boundBy' | 'limitedBy' | 'isShared' | 'guardedBy' | 'because'> {
  if (numbers?.decisive === undefined) return { isShared: false, because: [] };
  const { decisive, needed, replicas, boundBy, limitedBy, sharedBy, guardedBy, steps } = numbers;
  return {
    floor: { replicas: needed, reason: decisive.reason },
    replicas,
    boundBy,
    limitedBy: limitedBy?.limit,
    isShared: sharedBy !== undefined,
    guardedBy,
    because: explainSteps([...decisive.steps, ...steps]),
  };
}
