import { isMissing } from '../../api/missing.ts';
import { ForecastWorker, type WorkerAnswer } from './forecast-worker.ts';
import type { FitInput, Forecaster, OnFit } from './forecaster.ts';
import { nextPieces, type OpenRequest, RequestQueue } from './request-queue.ts';
import { packInput } from './thread-messages.ts';

export interface ThreadsOptions {
  /** Number of threads, at least 1. */
  readonly threads: number;
  /** Entry file of a thread. @default the one that fits with `fitDemand` */
  readonly entry?: URL;
  /** Real milliseconds after which a thread counts as hanging and is replaced. @default 30000 */
  readonly longestMs?: number;
  /** @default 500 */
  readonly patienceMs?: number;
  readonly onFit?: OnFit | undefined;
  /** Told how a thread ended, and the target that it worked for. */
  readonly onEnd?: (target: string, reason: string) => void;
}

/** The entry beside this file: TypeScript from source, JavaScript when built. */
const ownEntry = new URL(
  import.meta.url.endsWith('.ts') ? './forecast-thread.ts' : './forecast-thread.js',
  import.meta.url,
);

/**
 * Creates a forecaster that works in threads of its own, so that leases, watches, raises and /healthz wait for no fit.
 * A thread is started with the first request and replaced when it ends: what it worked on is answered as missing, with
 * the reason, everything else is done by the others.
 */
export function createThreadedForecaster(options: ThreadsOptions): Forecaster {
  const { threads, entry = ownEntry, longestMs = 30_000, patienceMs = 500, onFit, onEnd } = options;
  const queue = new RequestQueue();
  const workers: ForecastWorker[] = [];
  let works = 0;
  let asked = 0;
  let isStopped = false;

  /** An idle thread, the one that has made the fit where there is one. */
  const idleWorker = (fit: string): ForecastWorker | undefined => {
    const idle = workers.filter(worker => !worker.isBusy && worker.ended === undefined);
    const [first] = idle;
    if (first !== undefined) return idle.find(({ fits }) => fits.has(fit)) ?? first;
    for (const [index, worker] of workers.entries()) if (worker.ended !== undefined) workers.splice(index, 1);
    if (workers.length >= threads) return undefined;
    const started = new ForecastWorker(entry, longestMs);
    workers.push(started);
    return started;
  };

  const dispatch = () => {
    for (let next = queue.first; !isStopped && next !== undefined; next = queue.first) {
      const worker = idleWorker(next.request.fit);
      if (worker === undefined) return;
      queue.take();
      void workOn(worker, next).then(dispatch);
    }
  };

  const workOn = async (worker: ForecastWorker, open: OpenRequest) => {
    const { fit, target, read } = open.request;
    let input: FitInput | undefined;
    if (!worker.fits.has(fit)) {
      const found = read();
      if (isMissing(found)) return open.resolve(found);
      input = found;
    }
    works += 1;
    const packed = input === undefined ? {} : { input: packInput(input) };
    const answer = await worker.work({ id: works, fit, target, pieces: nextPieces(open), ...packed });
    take(worker, open, answer);
  };

  const take = (worker: ForecastWorker, open: OpenRequest, answer: WorkerAnswer) => {
    const { fit, target, pieces } = open.request;
    if ('ended' in answer) {
      if (!isStopped) onEnd?.(target, answer.ended);
      return open.resolve({ missing: `the thread that made its forecast ended: ${answer.ended}` });
    }
    const { forecasts, fitted, dropped } = answer;
    if (dropped !== undefined) worker.fits.delete(dropped);
    if (fitted !== undefined)
      onFit?.(fitted, isMissing(forecasts ?? []) ? new Error(`${target}: ${JSON.stringify(forecasts)}`) : undefined);
    if (forecasts === undefined) worker.fits.delete(fit);
    else if (isMissing(forecasts)) return open.resolve(forecasts);
    else open.done.push(...forecasts);
    if (open.done.length < pieces.length) queue.add(open);
    else open.resolve(open.done);
  };

  return {
    patienceMs,
    forecast: request => {
      const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Forecaster['forecast']>>>();
      if (isStopped) resolve({ missing: 'the operator stops' });
      else queue.add({ request, rank: asked++, done: [], resolve });
      dispatch();
      return promise;
    },
    stop: async () => {
      isStopped = true;
      for (const { resolve } of queue.takeAll()) resolve({ missing: 'the operator stops' });
      await Promise.all(workers.map(worker => worker.stop()));
    },
  };
}
