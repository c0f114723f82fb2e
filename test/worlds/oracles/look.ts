import { isMissing } from '../../../src/api/missing.ts';
import type { Observation, TargetObservation } from '../../../src/observe/observation.ts';
import type { Plan, TargetPlan } from '../../../src/plan/plan.ts';
import type { GivenSale } from '../../support/shop/given-sales.ts';
import { enters } from '../sale-needs.ts';
import { firstDates, type State, type World } from '../world.ts';

/** One reconcile of a world, seen from the API server: what was there, what was planned, what is there after it. */
export interface Look {
  readonly world: World;
  /** Epoch ms. */
  readonly now: number;
  readonly before: State;
  readonly observation: Observation;
  readonly plan: Plan;
  readonly after: State;
  /** The reconcile before it; absent for the first. */
  readonly previous?: Look;
  /** Whether something has happened in the world since then. */
  readonly isChanged: boolean;
}

/** What is wrong with a look, in words; empty when all is right. */
export type Oracle = (look: Look) => readonly string[];

/** The object whose bounds carry a target, as it was observed. */
export interface Live {
  readonly isWorkload: boolean;
  readonly min: number;
  readonly max: number;
  readonly running: number;
  readonly floor?: number | undefined;
  readonly floorMax?: number | undefined;
  readonly writtenAt?: number | undefined;
}

/** Undefined where there is none, or more than one. */
export function liveOf({ autoscalers, workload }: TargetObservation): Live | undefined {
  const [hpa, other] = autoscalers;
  if (other !== undefined) return undefined;
  if (hpa !== undefined) {
    const { minReplicas: min, maxReplicas: max, currentReplicas: running, floor, floorMax, writtenAt } = hpa;
    return { isWorkload: false, min, max, running, floor, floorMax, writtenAt };
  }
  if (isMissing(workload)) return undefined;
  const { replicas, floor, writtenAt } = workload;
  return { isWorkload: true, min: replicas, max: replicas, running: replicas, floor, writtenAt };
}

/** The minimum that a plan leaves in force: what it writes, else what is there. */
export function minimumAfter(live: Live, { action, bounds, replicas }: TargetPlan): number {
  if (action !== 'Write') return live.min;
  return live.isWorkload ? (replicas ?? live.min) : bounds.minReplicas;
}

export function isRaised({ floor, floorMax }: Live): boolean {
  return floor !== undefined || floorMax !== undefined;
}

/** The strictest cap on a target, in replicas. */
export function capOn({ target: { spec } }: TargetObservation, { policy, limits }: Observation): number {
  return Math.min(spec.ceiling, policy.maxReplicasPerTarget ?? Number.POSITIVE_INFINITY, limits.replicasPerTarget);
}

/** The emergency that is in force for a target: its own, else the policy's. */
export function emergencyOf({ target: { spec } }: TargetObservation, { policy, now }: Observation) {
  return [spec.emergency, policy.emergency].find(one => one !== undefined && now < Date.parse(one.until));
}

/** Whether policy, target or its deletion keep a target from being raised. */
export function isGivenUp({ target: { spec, metadata } }: TargetObservation, { policy }: Observation): boolean {
  return policy.mode === 'ForecastOnly' || spec.mode === 'ForecastOnly' || metadata.deletionTimestamp !== undefined;
}

/** What is forbidden for a target: by people, and outside an emergency by what cannot be read. */
export function forbidden(
  observed: TargetObservation,
  observation: Observation,
): { readonly up: boolean; readonly down: boolean } {
  const pauses = [observation.policy.paused, observed.target.spec.paused];
  const isCalm = emergencyOf(observed, observation) === undefined;
  const isDoubtful =
    (observation.doubts ?? []).length > 0 || observation.unreadable.some(({ kind }) => kind === 'ScalingPolicy');
  return {
    up: pauses.some(pause => pause === 'Up' || pause === 'Both'),
    down: pauses.some(pause => pause === 'Down' || pause === 'Both') || (isCalm && isDoubtful),
  };
}

/** The sales that are announced as they can be served, in mode Apply and not called off; a recurring one on its first date. */
export function plainSales(state: State): readonly GivenSale[] {
  const given = firstDates(state);
  if (given.policy?.mode === 'ForecastOnly') return [];
  return (given.sales ?? []).filter(sale => {
    const entered = enters(given, sale);
    const isServed = entered.length > 0 && entered.every(name => name in given.targets);
    const isBehind = entered.some(name =>
      reachedFrom(
        given,
        entered.filter(other => other !== name),
      ).has(name),
    );
    const isCalledOff = sale.cancelled === true || sale.metadata?.deletionTimestamp !== undefined;
    return (
      isServed &&
      !isBehind &&
      !isCalledOff &&
      sale.mode !== 'ForecastOnly' &&
      Date.parse(sale.startTime) < Date.parse(sale.endTime)
    );
  });
}

/** Names of the targets that are called, directly or not, by the named ones, themselves included. */
export function reachedFrom({ targets }: State['given'], names: readonly string[]): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found) {
    const calls = (targets[name]?.spec?.calls as { target: string }[] | undefined) ?? [];
    for (const { target } of calls) if (target in targets) found.add(target);
  }
  return found;
}

/** Whether the stock of a sale says 0. */
export function isSoldOut({ given }: State, { name }: GivenSale): boolean {
  const samples = given.stock?.[name];
  return samples !== undefined && !isMissing(samples) && samples.at(-1) === 0;
}

/** Whether every target has a forecast, and with a value for each minute: else nobody can know here what is needed. */
export function isForecastByMinute({ targets }: State['given']): boolean {
  return Object.values(targets).every(target => {
    const { stepSeconds } = (target?.spec?.demand ?? {}) as { stepSeconds?: number };
    return typeof (target?.forecast ?? 20) === 'number' && stepSeconds === undefined;
  });
}
