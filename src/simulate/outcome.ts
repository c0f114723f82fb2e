import type { AnsweredSecond } from './answer-times.ts';
import { answerTimes } from './answer-times.ts';
import type { Demand } from './call-graph.ts';
import type { Elasticity } from './elasticity.ts';
import { measureElasticity } from './elasticity.ts';
import type { SimulatedService } from './service.ts';
import type { StepSeries } from './step-series.ts';
import { integrateHours } from './step-series.ts';

/** How a run went for those who visited and those who paid. */
export interface Outcome {
  /** Seconds in which at least one service answered above its objective. */
  readonly secondsOverObjective: number;
  /** Of ready replicas, all services together. */
  readonly replicaHours: number;
  /** Of all requests to all services, the percentage that gave up waiting. */
  readonly lostPercent: number;
  readonly services: readonly ServiceOutcome[];
}

export interface ServiceOutcome {
  readonly service: string;
  readonly objectiveMilliseconds: number;
  readonly secondsOverObjective: number;
  /** Seconds with fewer ready replicas than the demand needed. */
  readonly secondsShort: number;
  readonly replicaHours: number;
  readonly lostPercent: number;
  /** The highest p95; absent while nothing was ready at all. */
  readonly worstP95Milliseconds?: number;
  readonly peakDemandPerSecond: number;
  readonly peakNeed: number;
  readonly peakReady: number;
  readonly elasticity: Elasticity;
}

export interface OutcomeInput {
  readonly services: readonly SimulatedService[];
  readonly demand: Demand;
  /** Service → its ready replicas, as the API showed them over time. */
  readonly ready: Readonly<Record<string, StepSeries>>;
  /** Epoch ms: the span that counts, the same for every run that is compared. */
  readonly from: number;
  readonly until: number;
}

/** Judges a run from two records alone: who was ready when (the API's), and what was asked (the simulator's). */
export function judgeOutcome(input: OutcomeInput): Outcome {
  const overAt = new Set<number>();
  let requests = 0;
  let lost = 0;
  const services = input.services.map(service => {
    const ready = input.ready[service.name] ?? [];
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
