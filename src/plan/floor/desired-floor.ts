import type { DemandForecast } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { TargetStanding } from '../accept/target-standing.ts';
import { curveOf } from '../demand/curve.ts';
import { planFloor } from './plan-floor.ts';
import { recentNeeds } from './recent-needs.ts';
import { totalOf } from './replicas/keep-total.ts';
import { capOf } from './replicas/limit-to-cap.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import {
  type Cap,
  explainSteps,
  type ReplicaNeed,
  type TargetNeeds,
  type TargetReplicas,
} from './replicas/replica-rule.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** What one target should have now, by the law of the floor and within all limits. */
export interface DesiredFloor extends TargetStanding {
  /** The floor before any limit; absent when nothing asks for one. */
  readonly floor?: { readonly replicas: number; readonly reason: ReplicaNeed['reason'] };
  /** The strictest cap on the target. */
  readonly cap: Cap;
  /** The floor within all limits, in replicas; absent without a floor. */
  readonly replicas?: number;
  readonly boundBy?: Cap;
  /** Whether the namespace's total binds. */
  readonly isShared: boolean;
  readonly because: readonly ReasonStep[];
  /** Replicas for the demand of the newest minutes, where a workload without an HPA goes back; absent when it is unknown. */
  readonly recentNeed?: number | undefined;
  /** Sales that cover it now. */
  readonly covering: readonly ScheduledSale[];
}

/** The desired floors of all targets: what each needs now, through the chain, within caps and the namespace's total. */
export function desiredFloors(input: {
  readonly standings: readonly TargetStanding[];
  readonly observation: Observation;
  readonly sales: readonly ScheduledSale[];
  /** Forecasts of ordinary demand just ahead, by target name. */
  readonly ahead: Readonly<Record<string, DemandForecast | Missing>>;
  readonly chain: ReplicaChain;
}): readonly DesiredFloor[] {
  const { standings, observation, sales, ahead, chain } = input;
  const { policy, limits } = observation;
  const covered = standings.map(standing => ({
    standing,
    covering: sales.filter(sale => sale.covers && sale.mode === 'Apply' && sale.needs.has(standing.name)),
  }));
  const needs = new Map(
    covered.flatMap(({ standing, covering }): [string, TargetNeeds][] => {
      const asked = needsNow(standing, covering, ahead[standing.name], observation);
      return asked === undefined ? [] : [[standing.name, asked]];
    }),
  );
  const replicas = chain.run(needs, { total: totalOf(policy, limits) });
  const recent = recentNeeds(standings, limits, chain);
  return covered.map(({ standing, covering }) => ({
    ...standing,
    cap: capOf(standing.observed.target.spec, policy, limits),
    ...withinLimits(replicas.get(standing.name)),
    ...(recent.has(standing.name) ? { recentNeed: recent.get(standing.name) } : {}),
    covering,
  }));
}

function needsNow(
  { observed, scaler, refusal, name }: TargetStanding,
  covering: readonly ScheduledSale[],
  ahead: DemandForecast | Missing | undefined,
  { now, policy, limits }: Observation,
): TargetNeeds | undefined {
  if (refusal !== undefined) return undefined;
  const needs = covering.map(sale => sale.needs.get(name)).filter(need => need !== undefined);
  return planFloor({
    now,
    target: observed,
    scaler,
    covering: needs,
    peak: Math.max(0, ...covering.map(({ whole }) => whole.get(name)?.needed ?? 0)),
    ordinary: observed.target.spec.ordinaryPeaks ? ordinaryDemand(ahead) : undefined,
    policy,
    limits,
  });
}

function ordinaryDemand(ahead: DemandForecast | Missing | undefined) {
  if (ahead === undefined) return { missing: 'no forecast was made' };
  return isMissing(ahead) ? ahead : curveOf(ahead.base);
}

function withinLimits(
  numbers: TargetReplicas | undefined,
): Pick<DesiredFloor, 'floor' | 'replicas' | 'boundBy' | 'isShared' | 'because'> {
  if (numbers?.decisive === undefined) return { isShared: false, because: [] };
  const { decisive, needed, replicas, boundBy, sharedBy, steps } = numbers;
  return {
    floor: { replicas: needed, reason: decisive.reason },
    replicas,
    ...(boundBy === undefined ? {} : { boundBy }),
    isShared: sharedBy !== undefined,
    because: explainSteps([...decisive.steps, ...steps]),
  };
}
