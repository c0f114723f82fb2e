import type { Demand } from './call-graph.ts';
import { calibrateReplica, emptyQueue, stepQueue } from './queueing.ts';
import type { SimulatedService } from './service.ts';
import type { StepSeries } from './step-series.ts';
import { readForward } from './step-series.ts';

/** The state of one service in one second. */
export interface AnsweredSecond {
  /** Epoch ms of its beginning. */
  readonly t: number;
  /** Requests per second. */
  readonly demand: number;
  readonly ready: number;
  /** Replicas that would have served this demand within the objective. */
  readonly need: number;
  /** Infinity while no replica is ready. */
  readonly p95Seconds: number;
  /** Requests per second. */
  readonly served: number;
  /** Number of requests whose clients gave up. */
  readonly lost: number;
}

export interface AnswerTimesInput {
  readonly service: SimulatedService;
  readonly demand: Demand;
  /** Ready replicas, as the API showed them; may grow while the seconds are being read. */
  readonly ready: StepSeries;
  /** Epoch ms. */
  readonly from: number;
  /** @default none: as long as the caller asks */
  readonly until?: number;
}

/** Yields how a service answered, one second after the other, from its ready replicas and its demand. */
export function* answerTimes({
  service,
  demand,
  ready,
  from,
  until = Infinity,
}: AnswerTimesInput): Generator<AnsweredSecond> {
  const replica = calibrateReplica(service);
  const readyAt = readForward(ready);
  let queue = emptyQueue;
  for (let t = from; t < until; t += 1000) {
    const perSecond = demand.at(service.name, t + 500);
    const replicas = readyAt(t);
    const step = stepQueue(queue, { replica, ready: replicas }, { perSecond, seconds: 1 });
    queue = step.state;
    const need = Math.max(1, Math.ceil(perSecond / service.capacityPerReplica));
    const { p95Seconds, servedPerSecond, lost } = step;
    yield { t, demand: perSecond, ready: replicas, need, p95Seconds, served: servedPerSecond, lost };
  }
}
