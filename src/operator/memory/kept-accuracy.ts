import { type Event, type ShopClock, totalDemand } from '../../../forecasts/index.ts';
import type { TargetAccuracy } from '../../api/amounts/target-accuracy.ts';
import { isMissing } from '../../api/missing.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { align } from '../../observe/samples/remembered-samples.ts';
import { type ForecastPiece, fittedEvents } from '../../plan/demand/forecast-pieces.ts';
import { accuracyOrigins, judgedMs } from '../../review/accuracy/accuracy-origins.ts';
import { type JudgedFold, judgeFold } from '../../review/accuracy/judge-fold.ts';
import { targetAccuracy } from '../../review/accuracy/target-accuracy.ts';
import type { Forecaster } from '../forecasting/forecaster.ts';
import { isSameClock } from '../forecasting/same-clock.ts';
import { readFit } from '../forecasting/target-fit.ts';

/** What is kept of one target. */
interface KeptDays {
  readonly historyKey: string;
  /** The clock that its forecasts count days by; what was judged by another is judged anew. */
  readonly clock: ShopClock | undefined;
  /** By origin; undefined where it could not be judged. */
  readonly folds: Map<number, JudgedFold | undefined>;
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
    { namespace, now, targets }: Pick<Observation, 'namespace' | 'now' | 'targets'>,
    events: ReadonlyMap<string, readonly Event[]>,
  ): ReadonlyMap<string, TargetAccuracy> {
    const origins = accuracyOrigins(now);
    this.#forgetGone(namespace, new Set(targets.map(({ target }) => target.metadata.name)));
    for (const observed of targets) {
      const { name } = observed.target.metadata;
      if (isMissing(observed.demand)) continue;
      const { historyKey } = observed.demand;
      this.#start({ namespace, observed, historyKey, events: events.get(name) ?? [], origins }, now);
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

  #start(due: DueTarget, now: number): void {
    const key = `${due.namespace}/${due.observed.target.metadata.name}`;
    const known = this.#kept.get(key);
    const { historyKey, observed } = due;
    const isSame = known?.historyKey === historyKey && isSameClock(known.clock, observed.clock);
    const kept = isSame ? known : { historyKey, clock: observed.clock, folds: new Map(), retryAt: 0 };
    this.#kept.set(key, kept);
    for (const origin of kept.folds.keys()) if (!due.origins.includes(origin)) kept.folds.delete(origin);
    const open = due.origins.filter(
      origin => !kept.folds.has(origin) || (kept.folds.get(origin) === undefined && kept.retryAt <= now),
    );
    if (open.length === 0 || this.#waiting.has(key)) return;
    kept.retryAt = now + hourMs;
    this.#waiting.add(key);
    this.#work = this.#work.then(async () => {
      for (const origin of open) kept.folds.set(origin, await this.#judgeDay(due, origin, now));
      this.#waiting.delete(key);
    });
  }

  async #judgeDay(
    { namespace, observed, historyKey, events }: DueTarget,
    origin: number,
    now: number,
  ): Promise<JudgedFold | undefined> {
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
      neededAt: now + leisureMs,
    });
    const [forecast] = isMissing(answer) ? [] : answer;
    const actual = this.#history.read(historyKey, fittedAt, fittedAt + judgedMs);
    return forecast === undefined || isMissing(forecast) || actual === undefined
      ? undefined
      : judgeFold(origin, totalDemand(forecast), actual);
  }
}
