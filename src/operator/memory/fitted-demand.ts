import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Event, FitContext, FittedDemand, Series } from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { fitBoundary } from '../../plan/demand/fit-boundary.ts';

/** Fitted models by target name, or the reason why there is none. */
export type FittedTargets = Readonly<Record<string, FittedDemand | Missing>>;

/** Fits the demand of one target: `FitDemand` with the ScalingTarget's name. */
export type FitTarget = (history: Series, context: FitContext, target: string) => FittedDemand;

export interface FittedDemandOptions {
  readonly fit: FitTarget;
  readonly history: Pick<DemandHistory, 'read'>;
  readonly onFit?: (result: 'Done' | 'Failed', error?: unknown) => void;
}

interface Fit {
  /** Inputs of the fit; equal inputs give an equal fit. */
  readonly inputs: string;
  readonly demand: FittedDemand | Missing;
}

/**
 * Models of all targets, each fitted once per boundary (every 6 h, UTC) on the history before it. A cache of a pure
 * function of metric store, sales and boundary: losing it costs the time to fit again and changes no byte of a plan.
 */
export class FittedDemandCache {
  readonly #options: FittedDemandOptions;
  readonly #fits = new Map<string, Map<string, Fit>>();

  constructor(options: FittedDemandOptions) {
    this.#options = options;
  }

  /**
   * Fits the targets of one namespace whose inputs have changed; yields between two fits, so that other work runs,
   * above all lease renewal.
   */
  async fitTargets(observation: Observation, events: ReadonlyMap<string, readonly Event[]>): Promise<FittedTargets> {
    const before = this.#fits.get(observation.namespace) ?? new Map<string, Fit>();
    const after = new Map<string, Fit>();
    for (const target of observation.targets) {
      const { name } = target.target.metadata;
      after.set(name, await this.#fitTarget(target, events.get(name) ?? [], observation.now, before.get(name)));
    }
    if (after.size > 0) this.#fits.set(observation.namespace, after);
    else this.#fits.delete(observation.namespace);
    return Object.fromEntries([...after].map(([name, { demand }]) => [name, demand]));
  }

  /** Number of remembered targets. */
  get size(): number {
    return [...this.#fits.values()].reduce((sum, { size }) => sum + size, 0);
  }

  async #fitTarget(
    { target, demand }: TargetObservation,
    events: readonly Event[],
    now: number,
    last: Fit | undefined,
  ): Promise<Fit> {
    if (isMissing(demand)) return { inputs: '', demand };
    const boundary = fitBoundary(now);
    const { historyDays } = target.spec.demand;
    // Samples just before the boundary may still rise: keep the last model until they settle; without one, fit now and
    // again then.
    const isSettled = (demand.settledUntil ?? boundary) >= boundary;
    const inputs = JSON.stringify([demand.historyKey, historyDays, boundary, events, isSettled]);
    if (last?.inputs === inputs) return last;
    if (!isSettled && last !== undefined && !isMissing(last.demand)) return last;
    // Samples up to the boundary are missing (the source is down): the last model is better than a partial history.
    const knownUntil = demand.recent.start + demand.recent.values.length * demand.recent.stepSeconds * 1000;
    if (knownUntil < boundary) {
      if (last !== undefined && !isMissing(last.demand)) return last;
      return { inputs: '', demand: { missing: 'the demand history has not been read up to the last boundary yet' } };
    }
    const history = this.#options.history.read(demand.historyKey, boundary - historyDays * 86_400_000, boundary);
    if (history === undefined) return { inputs: '', demand: { missing: 'the demand history has not been read yet' } };
    // A model of no data would forecast zero demand, and a sale multiplies it: then the stated demand must be used
    // instead.
    if (history.values.every(value => value === null)) {
      return {
        inputs,
        demand: { missing: `nothing was measured before ${formatInstant(boundary)}, the last boundary` },
      };
    }
    await nextTurn();
    return { inputs, demand: this.#fit(history, { now: boundary, events }, target.metadata.name) };
  }

  #fit(...args: Parameters<FitTarget>): FittedDemand | Missing {
    try {
      const fitted = this.#options.fit(...args);
      this.#options.onFit?.('Done');
      return fitted;
    } catch (error) {
      this.#options.onFit?.('Failed', error);
      return { missing: `no model can be fitted: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
