import type { Event } from '../../../forecasts/index.ts';
import { atMost } from '../../api/at-most.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { inTurns } from '../../apply/in-turns.ts';
import type { Observation } from '../../observe/observation.ts';
import type { DemandForecasts, WindowForecast } from '../../plan/demand/demand-forecasts.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import {
  joinParts,
  type PartForecasts,
  type WindowPart,
  type WindowsInput,
  windowParts,
} from '../../plan/demand/forecast-targets.ts';
import {
  allPieces,
  answerOf,
  askedPieces,
  fittedAt,
  type KeptForecastsOptions,
  type KeptTarget,
  keepLast,
  type LastForecast,
  neededAt,
  pending,
  splitAnswer,
} from './kept-pieces.ts';
import { readFit, targetFit } from './target-fit.ts';

/** Domain milliseconds after which a forecast that failed is tried again. */
const retryMs = 60_000;

/**
 * The fits and the forecasts of current sales of all targets, each made when its inputs change: the boundary, the sales
 * in it, the actuals that correct it. A cache of pure functions: losing it costs the time to make them again and changes
 * no byte of a plan that has all its forecasts.
 */
export class KeptForecasts {
  readonly #options: KeptForecastsOptions;
  /** Namespace → target → what is kept of it. */
  readonly #kept = new Map<string, Map<string, KeptTarget | Missing>>();
  readonly #running = new Set<Promise<void>>();
  #fits = 0;

  constructor(options: KeptForecastsOptions) {
    this.#options = options;
  }

  /** Number of remembered targets. */
  get size(): number {
    return this.#kept.values().reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Forecasts the windows of a namespace and keeps them until the next call. What has not arrived within the
   * forecaster's patience is as it last was, at most `staleAfterSeconds` ago, or missing until `onArrival`.
   */
  async keep(input: WindowsInput): Promise<DemandForecasts> {
    const { namespace, now, limits } = input.observation;
    const targets = this.#decideFits(input.observation, input.events);
    const parts = windowParts(input, name => fittedAt(targets.get(name)));
    const asked = askedPieces(parts, targets);
    for (const [name, own] of Map.groupBy(parts, ({ target }) => target)) {
      const kept = targets.get(name);
      if (kept === undefined || isMissing(kept)) continue;
      kept.pieces = [...(asked.get(name)?.values() ?? [])];
      this.#make(name, kept, now, neededAt(own, now));
    }
    await this.#wait(namespace, targets);
    const made = new Map<string, Map<string, LastForecast>>();
    const forecasts = joinParts(parts, part => {
      const kept = targets.get(part.target);
      if (kept === undefined || isMissing(kept)) return kept ?? pending;
      const answer = answerOf(part, asked.get(part.target));
      const isPending = isMissing(answer) && answer.isPending === true;
      const last = isPending ? kept.last.get(part.window.id) : undefined;
      const counted = isMissing(answer) ? last : { at: now, forecasts: answer };
      if (counted === undefined) return answer;
      keepLast(made, part, counted);
      return now - counted.at <= limits.staleAfterSeconds * 1000 ? counted.forecasts : answer;
    });
    for (const [name, kept] of targets)
      if (!isMissing(kept)) kept.last = made.get(name) ?? new Map<string, LastForecast>();
    return forecasts;
  }

  /**
   * Forecasts windows once, without keeping them, by the fits of the last `keep`; waits for all. Thousands of windows are
   * divided and joined in turns, so that they hold the thread for some milliseconds.
   */
  async once(input: WindowsInput): Promise<DemandForecasts> {
    const targets = this.#kept.get(input.observation.namespace) ?? new Map<string, KeptTarget | Missing>();
    const divided = await inTurns(input.windows, window =>
      windowParts({ ...input, windows: [window] }, name => fittedAt(targets.get(name))),
    );
    const parts = divided.flat();
    const answers = new Map<WindowPart, PartForecasts>();
    const works = [...Map.groupBy(parts, ({ target }) => target)].map(async ([name, own]) => {
      const kept = targets.get(name);
      if (kept === undefined || isMissing(kept)) return;
      const answer = await this.#ask(name, kept, allPieces(own), neededAt(own, input.observation.now));
      for (const [part, forecasts] of splitAnswer(own, answer)) answers.set(part, forecasts);
    });
    await Promise.all(works);
    const joined = await inTurns(divided, own =>
      joinParts(own, part => (isMissing(part.pieces) ? part.pieces : (answers.get(part) ?? pending))),
    );
    return Object.fromEntries(joined.flatMap(one => Object.entries(one)));
  }

  /**
   * Forecasts one piece by the fit of the last `keep`, without keeping it; undefined where there is none, `Pending` when
   * it has not arrived within the forecaster's patience. `pieceAt` is given the end of the data of the fit, epoch ms.
   */
  async piece(
    namespace: string,
    target: string,
    pieceAt: (fittedAt: number) => ForecastPiece | undefined,
  ): Promise<WindowForecast | 'Pending' | undefined> {
    const kept = this.#kept.get(namespace)?.get(target);
    const piece = kept === undefined || isMissing(kept) ? undefined : pieceAt(kept.fit.fittedAt);
    if (kept === undefined || isMissing(kept) || piece === undefined) return undefined;
    const asking = this.#ask(target, kept, [piece], piece.from);
    if (!(await atMost(asking, this.#options.forecaster.patienceMs))) return 'Pending';
    const made = await asking;
    const [first] = isMissing(made) ? [] : made;
    return first === undefined || isMissing(first) ? undefined : first;
  }

  /** The names of the fits that count in a namespace since the last `keep`; other names, other forecasts. */
  fitKeys(namespace: string): readonly string[] {
    return [...(this.#kept.get(namespace)?.values() ?? [])].map(kept => (isMissing(kept) ? kept.missing : kept.key));
  }

  /** Drops what is kept of namespaces that are gone. */
  keepOnly(namespaces: ReadonlySet<string>): void {
    for (const namespace of this.#kept.keys()) if (!namespaces.has(namespace)) this.#kept.delete(namespace);
  }

  /** Resolves when no forecast is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #decideFits(observation: Observation, events: ReadonlyMap<string, readonly Event[]>) {
    const { namespace, now } = observation;
    const before = this.#kept.get(namespace);
    const after = new Map(
      observation.targets.map((target): [string, KeptTarget | Missing] => {
        const { name } = target.target.metadata;
        const kept = before?.get(name);
        const known = kept === undefined || isMissing(kept) ? undefined : kept;
        const fit = targetFit({ target, events: events.get(name) ?? [], now, last: known?.fit });
        if (isMissing(fit)) return [name, fit];
        if (known !== undefined && fit === known.fit) return [name, known];
        this.#fits += 1;
        const last = known?.last ?? new Map<string, LastForecast>();
        return [name, { fit, key: `${namespace}/${name} ${this.#fits}`, pieces: [], last }];
      }),
    );
    if (after.size > 0) this.#kept.set(namespace, after);
    else this.#kept.delete(namespace);
    return after;
  }

  /** Starts to make what is not made yet. */
  #make(name: string, kept: KeptTarget, now: number, neededAt: number): void {
    const due = kept.pieces.filter(({ answer, making, retryAt }) =>
      answer === undefined ? making === undefined : isMissing(answer) && retryAt <= now,
    );
    if (due.length === 0) return;
    const pieces = due.map(({ piece }) => piece);
    const making = this.#ask(name, kept, pieces, neededAt).then(answer => {
      due.forEach((one, index) => {
        one.making = undefined;
        one.answer = isMissing(answer) ? answer : answer[index];
        one.retryAt = now + retryMs;
      });
      this.#running.delete(making);
    });
    this.#running.add(making);
    for (const one of due) one.making = making;
  }

  #ask(target: string, { key, fit }: KeptTarget, pieces: readonly ForecastPiece[], neededAt: number) {
    const { forecaster, history } = this.#options;
    if (pieces.length === 0) return Promise.resolve([]);
    return forecaster.forecast({ fit: key, target, read: () => readFit(fit, history), pieces, neededAt });
  }

  async #wait(namespace: string, targets: ReadonlyMap<string, KeptTarget | Missing>): Promise<void> {
    const open = [...targets.values()].flatMap(kept => (isMissing(kept) ? [] : kept.pieces.map(one => one.making)));
    const running = [...new Set(open)].filter(making => making !== undefined);
    if (running.length === 0) return;
    const all = Promise.all(running);
    const isDone = await atMost(all, this.#options.forecaster.patienceMs);
    if (!isDone) void all.then(() => this.#options.onArrival?.(namespace));
  }
}
