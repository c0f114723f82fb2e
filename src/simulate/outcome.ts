import { ownValue } from '../api/names/own-value.ts';
import type { AnsweredSecond } from './answer-times.ts';
import { answerTimes } from './answer-times.ts';
import type { Demand } from './call-graph.ts';
import type { Elasticity } from './elasticity.ts';
import { measureElasticity } from './elasticity.ts';
import type { SimulatedService } from './service.ts';
import type { StepSeries } from './step-series.ts';
import { integrateHours } from './step-series.ts';

/** The result of a run: slow seconds, cost and lost requests. */
export interface Outcome {
  /** Number of seconds in which at least one service answered above its objective. */
  readonly secondsOverObjective: number;
  /** Hours of ready replicas, all services together. */
  readonly replicaHours: number;
  /** Share of all requests to all services whose clients gave up, in percent. */
  readonly lostPercent: number;
  readonly services: readonly ServiceOutcome[];
}

export interface ServiceOutcome {
  readonly service: string;
  readonly objectiveMilliseconds: number;
  readonly secondsOverObjective: number;
  /** Number of seconds with fewer ready replicas than the demand needed. */
  readonly secondsShort: number;
  readonly replicaHours: number;
  readonly lostPercent: number;
  /** The highest p95 in ms; absent when no replica was ready for some time. */
  readonly worstP95Milliseconds?: number;
  readonly peakDemandPerSecond: number;
  readonly peakNeed: number;
  readonly peakReady: number;
  readonly elasticity: Elasticity;
}

export interface OutcomeInput {
  readonly services: readonly SimulatedService[];
  readonly demand: Demand;
  /** Service → its ready replicas over time, as the API showed them. */
  readonly ready: Readonly<Record<string, StepSeries>>;
  /** The span that is compared, epoch ms; the same for all runs. */
  readonly from: number;
  readonly until: number;
}

/**
 * Computes the result of a run from two records only: the ready replicas (from the API) and the demand (from the
 * simulator).
 */
export function judgeOutcome(input: OutcomeInput): Outcome {
  const overAt = new Set<number>();
  let requests = 0;
  let lost = 0;
  const services = input.services.map(service => {
    const ready = ownValue(input.ready, service.name) ?? [];
    const seconds = [...answerTimes({ ...input, service, ready })];
    for (const second of seconds) {
      if (isOver(second, service)) overAt.add(second.t);
      requests += second.demand;
      lost += second.lost;
    }
    return judgeService(service, seconds, integrateHours(ready, input.from, input.until));
  });
  return {
    secondsOverObjective: overAt.size,
    replicaHours: services.reduce((sum, service) => sum + service.replicaHours, 0),
    lostPercent: percentOf(lost, requests),
    services,
  };
}

function judgeService(
  service: SimulatedService,
  seconds: readonly AnsweredSecond[],
  replicaHours: number,
): ServiceOutcome {
  const worst = Math.max(...seconds.map(second => second.p95Seconds));
  const sum = (of: (second: AnsweredSecond) => number) => seconds.reduce((total, second) => total + of(second), 0);
  const highest = (of: (second: AnsweredSecond) => number) => Math.max(0, ...seconds.map(of));
  return {
    service: service.name,
    objectiveMilliseconds: service.p95Milliseconds,
    secondsOverObjective: sum(second => Number(isOver(second, service))),
    secondsShort: sum(second => Number(second.ready < second.need)),
    replicaHours,
    lostPercent: percentOf(
      sum(second => second.lost),
      sum(second => second.demand),
    ),
    ...(Number.isFinite(worst) ? { worstP95Milliseconds: worst * 1000 } : {}),
    peakDemandPerSecond: highest(second => second.demand),
    peakNeed: highest(second => second.need),
    peakReady: highest(second => second.ready),
    elasticity: measureElasticity(seconds),
  };
}

function isOver(second: AnsweredSecond, service: SimulatedService): boolean {
  return second.p95Seconds * 1000 > service.p95Milliseconds;
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
