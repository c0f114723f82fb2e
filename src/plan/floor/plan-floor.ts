import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import type { Curve } from '../demand/curve.ts';
import { ordinarySteps } from '../ordinary-steps.ts';
import type { AfterCeiling } from './after-ceiling.ts';
import { askByDay, demandDoubtOf, doubtOf, holdStep, raiseStep, rampDownStep, sinkStep } from './explain-floor.ts';
import { rampDown } from './ramp-down.ts';
import { peakNeed, recordedNeed, saleNeeds } from './replica-needs.ts';
import type { Asker, Hold, ReplicaNeed, ReplicaStep, TargetNeeds } from './replicas/replica-rule.ts';
import { levelOf, type SaleNeed } from './sale-need.ts';

export interface FloorInput {
  /** Epoch ms. */
  readonly now: number;
  readonly target: TargetObservation;
  readonly scaler: Scaler | undefined;
  /** The sales whose prescale time has come and that are not over. */
  readonly covering: readonly SaleNeed[];
  /** The most replicas that one of them is given at any time, within all cuts: the base of rampDown's percentage. */
  readonly peak: number;
  /** Ordinary demand just ahead; absent where `ordinaryPeaks` is off. */
  readonly ordinary: Curve | Missing | undefined;
  readonly policy: ScalingPolicySpec;
  readonly limits: Limits;
  /** What its shortages and replicas cost; absent where the policy states none. */
  readonly cost?: TargetCost | undefined;
  /** What is needed of a floor that an emergency Ceiling may have raised that is over; absent where there was none. */
  readonly afterCeiling?: AfterCeiling;
}

/**
 * Plans a target's needs by the law of the floor: the highest of
 *
 *   what                        when                                  how much
 *   ordinary demand             `ordinaryPeaks`                       P95* over [now, now + lead time of the raise + tick]
 *   each covering sale          prescaleTime ≤ now < end              P95* over [max(now, start), end]
 *   … without demand            the same                              highest step of its SalePlan, else a guess
 *   what already holds          while one of these covers now,        the live floor
 *                               unless it may be lowered
 *
 * (* or the level that the policy's cost chooses: ../cost/quantile-by-cost.ts)
 *
 * It may be lowered only with fresh actuals, after the forecast's peak of every covering sale, and at most at the
 * policy's rate. What an emergency Ceiling that is over raised above the need of sales and demand is lowered before the
 * peak, too. So from prescaleTime on it covers the whole sale, and no minute is short if the operator stops for
 * good. Undefined when no floor is due; a floor at or below the baseline means the baseline. The chain of rules turns
 * the needs into replicas (replicas/replica-chain.ts).
 */
export function planFloor(input: FloorInput): TargetNeeds | undefined {
  const { covering, scaler, now } = input;
  const needs = [...covering.flatMap(need => saleNeeds(need, now)), ...ordinaryNeeds(input)];
  if (needs.length === 0) return undefined;
  const live = scaler?.floor ?? lostFloor(input);
  return { needs, hold: live === undefined ? newFloor(input) : liveFloor(live, input) };
}

/**
 * The floor that was in force until its object lost it: recreated, or written over without our annotations. It counts
 * as live, so that the object gets what its predecessor had; undefined where nothing is raised.
 */
function lostFloor({ scaler, covering, target: { target } }: FloorInput): number | undefined {
  const { floor, raised = [] } = target.status ?? {};
  return scaler !== undefined && covering.length > 0 && raised.length > 0 ? floor : undefined;
}

function ordinaryNeeds({ ordinary, now, target, limits, cost }: FloorInput): readonly ReplicaNeed[] {
  if (ordinary === undefined) return [];
  if (isMissing(ordinary)) {
    const { minReplicas } = target.target.spec.baseline;
    const asker = () => ({ demand: `no forecast of an ordinary day (${ordinary.missing})` });
    const message = `No demand (${ordinary.missing}): ${minReplicas} replicas, the baseline`;
    return [recordedNeed({ replicas: minReplicas, message, asker })];
  }
  const level = levelOf({ cost });
  const { from, to } = ordinarySteps(target, ordinary, { now, tickSeconds: limits.tickSeconds, level });
  const asker = () => askByDay(ordinary, level, { from, to });
  return [peakNeed({ curve: ordinary, cost, from, to, reason: 'OrdinaryPeak', whose: 'an ordinary day', asker })];
}

/** The hold where no floor is in force yet: the whole need counts at once. At or below the baseline it is no raise. */
function newFloor({ target }: FloorInput): Hold {
  const { minReplicas } = target.target.spec.baseline;
  return {
    replicas: 0,
    explain: (wanted, asker) => (wanted <= minReplicas ? [] : [raiseStep('raise', wanted, asker)]),
  };
}

/** The part of a live floor that stays although less is needed. */
function liveFloor(live: number, input: FloorInput): Hold {
  const { scaler, policy, now, afterCeiling } = input;
  const raised = (wanted: number, asker: () => Asker) => [raiseStep(live === wanted ? 'keep' : 'raise', wanted, asker)];
  const peak = Math.max(live, input.peak);
  const paced = rampDown({ live, wanted: 0, peak, policy, writtenAt: scaler?.writtenAt, now });
  const isUnknown = demandDoubtOf(input) !== undefined;
  const unapproved = isUnknown ? live : Math.max(paced, afterCeiling?.byDemand ?? 0);
  const most = isUnknown || afterCeiling === undefined ? live : Math.max(afterCeiling.bySales, afterCeiling.byDemand);
  const held = Math.min(live, Math.max(most, paced));
  const ofCeiling = { unapproved, isOfCeiling: afterCeiling !== undefined };
  const doubt = doubtOf(input);
  if (doubt !== undefined) {
    const explain: Hold['explain'] = (wanted, asker) =>
      live <= wanted ? raised(wanted, asker) : heldSteps({ live, held, wanted, doubt });
    return { replicas: held, ...ofCeiling, explain };
  }
  const explain: Hold['explain'] = (wanted, asker) => {
    if (live <= wanted) return raised(wanted, asker);
    const replicas = Math.max(paced, wanted);
    if (replicas === live)
      return [holdStep(live, "the policy's rampDown takes its next step a minute after the last write")];
    const ramp = replicas > wanted ? [rampDownStep(replicas, wanted)] : [];
    return [sinkStep(replicas, asker, input), ...ramp];
  };
  return { replicas: paced, ...ofCeiling, explain };
}

/** The steps of a floor that may not sink to the need, or sinks from what an emergency raised. */
function heldSteps(floor: {
  readonly live: number;
  readonly held: number;
  readonly wanted: number;
  readonly doubt: string;
}): readonly ReplicaStep[] {
  const { live, held, wanted, doubt } = floor;
  if (held === live) return [holdStep(live, doubt)];
  const replicas = Math.max(held, wanted);
  const over: ReplicaStep = {
    rule: 'sink',
    value: replicas,
    unit: 'replicas',
    message: () => `an emergency is over: lowered from ${live} to ${replicas} replicas`,
  };
  return [over];
}
