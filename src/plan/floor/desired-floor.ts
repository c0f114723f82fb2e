import type { DemandForecast } from '../../../forecasts/index.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Paused } from '../../api/scaling-target.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { effectiveMode, type ModeSay, strictestPause } from '../accept/effective-mode.ts';
import type { Refusal } from '../accept/refusal.ts';
import { isRaised, type Scaler, scalerOf } from '../accept/scaler.ts';
import { curveOf } from '../demand/curve.ts';
import { type Cap, capOf, limitFloor } from './limit-floor.ts';
import { type Floor, planFloor } from './plan-floor.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** What one target should have by its own law and limits, before the namespace's total is shared out. */
export interface DesiredFloor {
  readonly observed: TargetObservation;
  readonly name: string;
  readonly scaler: Scaler | undefined;
  readonly refusal?: Refusal;
  /** Names that it calls and that are not there (yet). */
  readonly unknownCallees: readonly string[];
  /** Who took it out of Apply; absent in mode Apply. */
  readonly forecastOnlyBy?: ModeSay['by'] | 'deletion';
  readonly paused: Paused;
  readonly floor?: Floor;
  /** The strictest cap on the target. */
  readonly cap: Cap;
  /** The floor within that cap, in replicas; absent without a floor. */
  readonly replicas?: number;
  readonly boundBy?: Cap;
  readonly because: readonly ReasonStep[];
  /** Sales that cover it now. */
  readonly covering: readonly ScheduledSale[];
}

/** The desired floor of one target: its floor by the law, within the strictest of its caps. */
export function desiredFloor(input: {
  readonly observed: TargetObservation;
  readonly observation: Observation;
  readonly sales: readonly ScheduledSale[];
  readonly ahead: DemandForecast | Missing | undefined;
  readonly graph: CallGraph;
  readonly refusal: Refusal | undefined;
  /** What is forbidden in the whole namespace, besides what policy and target say. */
  readonly held: Paused;
}): DesiredFloor {
  const { observed, observation, sales, ahead, graph, refusal, held } = input;
  const { policy, limits, now } = observation;
  const { metadata, spec } = observed.target;
  const scaler = scalerOf(observed);
  const covering = sales.filter(sale => sale.covers && sale.mode === 'Apply' && sale.needs.has(metadata.name));
  const needs = covering.map(sale => sale.needs.get(metadata.name)).filter(need => need !== undefined);
  const ordinary = spec.ordinaryPeaks ? ordinaryDemand(ahead) : undefined;
  const floor =
    refusal === undefined
      ? planFloor({ now, target: observed, scaler, covering: needs, ordinary, policy, limits })
      : undefined;
  const cap = capOf(spec, policy, limits);
  const limited = floor === undefined ? undefined : limitFloor(floor.replicas, spec, cap);
  const forecastOnlyBy = whoForbids(observed, observation);
  return {
    observed,
    name: metadata.name,
    scaler,
    unknownCallees: graph.unknownCallees.get(metadata.name) ?? [],
    ...(refusal === undefined ? {} : { refusal }),
    ...(forecastOnlyBy === undefined ? {} : { forecastOnlyBy }),
    paused: strictestPause(held, strictestPause(policy.paused, spec.paused)),
    ...(floor === undefined ? {} : { floor }),
    cap,
    ...(limited === undefined ? {} : { replicas: limited.replicas }),
    ...(limited?.boundBy === undefined ? {} : { boundBy: limited.boundBy }),
    because: [...(floor?.because ?? []), ...(limited?.because ?? [])],
    covering,
  };
}

/** Whether we have raised the target and not finished restoring it. */
export function standsRaised({ scaler }: DesiredFloor): boolean {
  return scaler !== undefined && isRaised(scaler);
}

/** Replicas that the target counts for in the namespace's total whatever is decided: its baseline, or what we have raised. */
export function standingReplicas({ scaler, observed }: DesiredFloor): number {
  const { minReplicas } = observed.target.spec.baseline;
  return scaler !== undefined && isRaised(scaler) ? Math.max(minReplicas, scaler.minReplicas) : minReplicas;
}

/** The target's effective mode in words, and who decided it. */
export function describeMode({ forecastOnlyBy }: DesiredFloor): string {
  if (forecastOnlyBy === undefined) return 'Mode Apply';
  return forecastOnlyBy === 'deletion'
    ? 'The target is being deleted'
    : `Mode ForecastOnly, decided by the ${forecastOnlyBy}`;
}

/** Whether the desired floor may become a raise. */
export function mayRaise({ refusal, forecastOnlyBy, scaler }: DesiredFloor): boolean {
  return refusal === undefined && forecastOnlyBy === undefined && scaler !== undefined;
}

function ordinaryDemand(ahead: DemandForecast | Missing | undefined) {
  if (ahead === undefined) return { missing: 'no forecast was made' };
  return isMissing(ahead) ? ahead : curveOf(ahead.base);
}

function whoForbids({ target }: TargetObservation, { policy }: Observation): DesiredFloor['forecastOnlyBy'] {
  if (target.metadata.deletionTimestamp !== undefined) return 'deletion';
  return effectiveMode([
    { by: 'policy', mode: policy.mode },
    { by: 'target', mode: target.spec.mode },
  ]).decidedBy;
}
