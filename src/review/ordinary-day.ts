import type { Forecast, Series } from '../../forecasts/index.ts';
import { autoscalerAlone } from './autoscaler-alone.ts';

/** A service whose ordinary peaks are raised, as its target states it. */
export interface PeakingService {
  /** Requests per second that one replica serves within its objective. */
  readonly capacity: number;
  /** Factor above 1 by which more is held than the demand needs. */
  readonly headroomRatio: number;
  /** The HPA's own bounds. */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The most replicas that a floor may have. */
  readonly ceiling: number;
  /** Seconds from a raise until its pods are ready. */
  readonly leadSeconds: number;
  /** Seconds between two plans. */
  readonly tickSeconds: number;
}

/** A day with the floors of ordinary peaks beside the same day without, by simulation. */
export interface OrdinaryDay {
  /** Hours of ready replicas. */
  readonly replicaHours: number;
  readonly replicaHoursAlone: number;
  /** Seconds with fewer ready replicas than the demand needed. */
  readonly secondsShort: number;
  readonly secondsShortAlone: number;
  /** Seconds that were measured. */
  readonly secondsMeasured: number;
}

/**
 * Simulates a day that was measured twice: the HPA alone, and the HPA above the floors that the forecast of that day
 * gives. The same demand, pods and HPA in both; no floor is below the HPA's own minimum.
 */
export function ordinaryDay(forecast: Forecast, actual: Series, service: PeakingService): OrdinaryDay {
  const { capacity, headroomRatio, minReplicas, maxReplicas, leadSeconds } = service;
  const targetLoad = capacity / headroomRatio;
  const hpa = { demand: actual, capacity, targetLoad, minReplicas, maxReplicas, leadSeconds };
  const alone = autoscalerAlone(hpa);
  const floored = autoscalerAlone({ ...hpa, floors: floorsOf(forecast, actual, service) });
  return {
    replicaHours: floored.replicaHours,
    replicaHoursAlone: alone.replicaHours,
    secondsShort: floored.minutesShort * 60,
    secondsShortAlone: alone.minutesShort * 60,
    secondsMeasured: actual.values.filter(value => value !== null).length * actual.stepSeconds,
  };
}

/** The floor of each step of the day: P95 of the demand until a later raise would be ready, as replicas. */
function floorsOf(forecast: Forecast, actual: Series, service: PeakingService): readonly number[] {
  const { capacity, headroomRatio, ceiling, leadSeconds, tickSeconds } = service;
  const upper = forecast.quantiles.find(({ level }) => Math.abs(level - 0.95) < 1e-9)?.values ?? forecast.point;
  const stepMs = forecast.stepSeconds * 1000;
  const ahead = Math.ceil(((leadSeconds + tickSeconds) * 1000) / stepMs) + 1;
  return actual.values.map((_, index) => {
    const step = Math.floor((actual.start + index * actual.stepSeconds * 1000 - forecast.start) / stepMs);
    const demand = upper
      .slice(Math.max(0, step), Math.max(0, step + ahead))
      .reduce((most, one) => Math.max(most, one), 0);
    return Math.min(ceiling, Math.ceil((demand * headroomRatio) / capacity - 1e-9));
  });
}
