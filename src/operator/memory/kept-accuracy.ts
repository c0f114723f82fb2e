import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Event, type ShopClock, totalDemand } from '../../../forecasts/index.ts';
import type { TargetAccuracy } from '../../api/amounts/target-accuracy.ts';
import type { OrdinaryWeek } from '../../api/learned/ordinary-week.ts';
import { isMissing } from '../../api/missing.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { align } from '../../observe/samples/remembered-samples.ts';
import { type ForecastPiece, fittedEvents } from '../../plan/demand/forecast-pieces.ts';
import { accuracyOrigins, judgedMs } from '../../review/accuracy/accuracy-origins.ts';
import { type JudgedFold, judgeFold } from '../../review/accuracy/judge-fold.ts';
import { targetAccuracy } from '../../review/accuracy/target-accuracy.ts';
import { type OrdinaryDay, ordinaryDay } from '../../review/ordinary-day.ts';
import { ordinaryWeek } from '../../review/ordinary-week.ts';
import type { Forecaster } from '../forecasting/forecaster.ts';
import { isSameClock } from '../forecasting/same-clock.ts';
import { readFit } from '../forecasting/target-fit.ts';
import { peakingKey, peakingService } from './peaking-service.ts';

/** What is kept of one target. */
interface KeptDays {
  readonly historyKey: string;
  /** The clock that its forecasts count days by; what was judged by another is judged anew. */
  readonly clock: ShopClock | undefined;
  /** By origin; undefined where it could not be judged. */
  readonly folds: Map<number, JudgedFold | undefined>;
  /** What the days are simulated by, without what is learned; days of another one are simulated anew. */
  readonly service: string;
  /** Simulated days by origin; none where ordinary peaks are not raised. */
  readonly days: Map<number, OrdinaryDay>;
  /** Domain time (epoch ms) from which what could not be judged is tried again. */
  retryAt: number;
}

/** A target whose newest days are to be judged. */
interface DueTarget {
  readonly namespace: string;
  readonly observed: TargetObservation;
  readonly historyKey: string;
  readonly events: readonly Event[];
  readonly origins: readonly number[];
  readonly stated: Pick<Observation, 'now' | 'policy' | 'limits'>;
}

const hourMs = 3_600_000;
/** Milliseconds after now at which these forecasts are needed: everything else is made first. */
const leisureMs = 365 * 24 * hourMs;
const reachMs = 3 * hourMs;

/**
 * Judges the forecasts of the newest seven days of every target: each is made anew from what was known at its origin, and
 * compared with what came. One target after another, after all other forecasts, and each day once; what is kept is lost
 * with the process and judged again.
 */
export class KeptAccuracy {
  readonly #forecaster: Forecaster;
  readonly #history: Pick<DemandHistory, 'read' | 'readPacked'>;
  readonly #kept = new Map<string, KeptDays>();
  #work: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<string>();

  constructor(forecaster: Forecaster, history: Pick<DemandHistory, 'read' | 'readPacked'>) {
    this.#forecaster = forecaster;
    this.#history = history;
  }

  /** Starts to judge what is due in a namespace, and returns at once what is known by target name. */
  judge(
    { namespace, targets, ...stated }: Pick<Observation, 'namespace' | 'now' | 'targets' | 'policy' | 'limits'>,
    events: ReadonlyMap<string, readonly Event[]>,
  ): ReadonlyMap<string, TargetAccuracy> {
    const origins = accuracyOrigins(stated.now);
    this.#forgetGone(namespace, new Set(targets.map(({ target }) => target.metadata.name)));
    for (const observed of targets) {
      const { name } = observed.target.metadata;
      if (isMissing(observed.demand)) continue;
      const { historyKey } = observed.demand;
      this.#start({ namespace, observed, historyKey, events: events.get(name) ?? [], origins, stated });
    }
    return new Map(
      targets.flatMap(({ target }): [string, TargetAccuracy][] => {
        const { name } = target.metadata;
        const folds = this.#kept.get(`${namespace}/${name}`)?.folds ?? new Map<number, JudgedFold | undefined>();
        const accuracy = targetAccuracy(origins.flatMap(origin => folds.get(origin) ?? []));
        return accuracy === undefined ? [] : [[name, accuracy]];
      }),
    );
  }

  /** Returns what raising ordinary peaks saved and cost, as far as it is simulated, by target name. */
  ordinaryWeeks({
    namespace,
    targets,
    now,
  }: Pick<Observation, 'namespace' | 'targets' | 'now'>): ReadonlyMap<string, OrdinaryWeek> {
    const origins = accuracyOrigins(now);
    return new Map(
      targets.flatMap(({ target: { metadata, spec } }): [string, OrdinaryWeek][] => {
        const kept = this.#kept.get(`${namespace}/${metadata.name}`);
        // A part of the days would be told as the week after each start.
        if (kept === undefined || !spec.ordinaryPeaks || !origins.every(origin => kept.folds.has(origin))) return [];
        const week = ordinaryWeek(kept.days);
        return week === undefined ? [] : [[metadata.name, week]];
      }),
    );
  }

  /** Resolves when nothing is being judged. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await this.#work;
  }

  /** Drops what is kept of namespaces that are gone. */
  keepOnly(namespaces: ReadonlySet<string>): void {
    for (const key of this.#kept.keys()) if (!namespaces.has(key.slice(0, key.indexOf('/')))) this.#kept.delete(key);
  }

  /** Drops what is kept of targets that a namespace no longer has. */
  #forgetGone(namespace: string, names: ReadonlySet<string>): void {
    const prefix = `${namespace}/`;
    for (const key of this.#kept.keys())
      if (key.startsWith(prefix) && !names.has(key.slice(prefix.length))) this.#kept.delete(key);
  }

  #start(due: DueTarget): void {
    const { now } = due.stated;
    const key = `${due.namespace}/${due.observed.target.metadata.name}`;
    const known = this.#kept.get(key);
    const { historyKey, observed } = due;
    const service = peakingKey(observed, due.stated);
    const isSame =
      known?.historyKey === historyKey && isSameClock(known.clock, observed.clock) && known.service === service;
    const kept: KeptDays = isSame
      ? known
      : { historyKey, clock: observed.clock, service, folds: new Map(), days: new Map(), retryAt: 0 };
    this.#kept.set(key, kept);
    for (const origin of kept.folds.keys()) {
      if (due.origins.includes(origin)) continue;
      kept.folds.delete(origin);
      kept.days.delete(origin);
    }
    const open = due.origins.filter(
      origin => !kept.folds.has(origin) || (kept.folds.get(origin) === undefined && kept.retryAt <= now),
    );
    if (open.length === 0 || this.#waiting.has(key)) return;
    kept.retryAt = now + hourMs;
    this.#waiting.add(key);
    this.#work = this.#work.then(async () => {
      for (const origin of open) {
        const { fold, day } = await this.#judgeDay(due, origin);
        kept.folds.set(origin, fold);
        if (day !== undefined) kept.days.set(origin, day);
      }
      this.#waiting.delete(key);
    });
  }

  async #judgeDay(
    { namespace, observed, historyKey, events, stated }: DueTarget,
    origin: number,
  ): Promise<{ readonly fold: JudgedFold | undefined; readonly day?: OrdinaryDay | undefined }> {
    const { metadata, spec } = observed.target;
    const { stepSeconds, historyDays } = spec.demand;
    const stepMs = stepSeconds * 1000;
    const fittedAt = align(origin, stepMs);
    const fit = {
      historyKey,
      historyDays,
      boundary: origin,
      fittedAt,
      events: fittedEvents(events, fittedAt),
      isSettled: true,
      ...(observed.clock === undefined ? {} : { clock: observed.clock }),
    };
    const piece: ForecastPiece = {
      from: fittedAt,
      steps: Math.ceil(judgedMs / stepMs),
      coarseness: 1,
      events: events.filter(({ start, end }) => start < fittedAt + judgedMs && fittedAt - reachMs < end),
    };
    const days = observed.clock === undefined ? '' : JSON.stringify(observed.clock);
    const answer = await this.#forecaster.forecast({
      fit: `${namespace}/${metadata.name} judged ${historyKey} ${origin} ${days}`,
      target: metadata.name,
      read: () => readFit(fit, this.#history),
      pieces: [piece],
      neededAt: stated.now + leisureMs,
    });
    const [forecast] = isMissing(answer) ? [] : answer;
    const actual = this.#history.read(historyKey, fittedAt, fittedAt + judgedMs);
    if (forecast === undefined || isMissing(forecast) || actual === undefined) return { fold: undefined };
    const service = peakingService(observed, stated);
    await nextTurn();
    const day = service === undefined ? undefined : ordinaryDay(forecast.base, actual, service);
    return { fold: judgeFold(origin, totalDemand(forecast), actual), day };
  }
}
