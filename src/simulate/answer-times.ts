import type { Demand } from './call-graph.ts';
import { calibrateReplica, emptyQueue, stepQueue } from './queueing.ts';
import type { SimulatedService } from './service.ts';
import type { StepSeries } from './step-series.ts';
import { readForward } from './step-series.ts';

/** One second of one service. */
export interface AnsweredSecond {
  /** Epoch ms of its beginning. */
  readonly t: number;
  /** Requests a second. */
  readonly demand: number;
  readonly ready: number;
  /** Replicas that would have served this demand within the objective. */
  readonly need: number;
  /** Infinity while nothing is ready. */
  readonly p95Seconds: number;
  /** Requests a second. */
  readonly served: number;
  /** Requests that gave up. */
  readonly lost: number;
}

export interface AnswerTimesInput {
  readonly service: SimulatedService;
  readonly demand: Demand;
  /** Ready replicas, as the API showed them; may grow while the seconds are being asked for. */
  readonly ready: StepSeries;
  /** Epoch ms. */
  readonly from: number;
  /** @default never: as long as somebody asks */
  readonly until?: number;
}

/** How a service answered, second by second, given who was ready and what was asked: one second at a time, in order. */
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
