import type { FittedDemand } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { unpackSeries } from '../../observe/samples/packed-series.ts';
import { forecastPiece } from '../../plan/demand/forecast-piece.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import { soundForecast } from '../../plan/demand/sound-forecast.ts';
import type { FitInput, FitTarget, ForecastAnswer } from './forecaster.ts';

/** Models kept at most; one of 28 days by the minute takes some 3 MB. */
export const mostKept = 64;
/** Works for others after which a model counts as no longer needed. */
const idleWorks = 1024;

/** Work for one fit: its inputs, where they are at hand, and the pieces to forecast by it. */
export interface ModelWork {
  readonly fit: string;
  readonly target: string;
  readonly input?: FitInput | undefined;
  readonly pieces: readonly ForecastPiece[];
}

/** What came of a work. */
export interface ModelAnswer {
  /** Absent: the model is not kept and the work had no inputs to fit it on. */
  readonly forecasts?: ForecastAnswer;
  /** Present when a model was fitted. */
  readonly fitted?: 'Done' | 'Failed';
  /** The fit whose model was dropped for it. */
  readonly dropped?: string;
}

/** A model with the number of the work that it was last used for. */
interface KeptModel {
  readonly model: FittedDemand | Missing;
  readonly usedIn: number;
}

/**
 * The models of one thread, with the forecasts made by them. When there is no room, one that has not been used for long
 * is dropped, else the one used before this: where targets take turns that are more than the models kept, most of those
 * kept then serve in every round. Losing a model costs the time to fit it again and changes no forecast.
 */
export class KeptModels {
  readonly #fit: FitTarget;
  readonly #most: number;
  /** By fit, the last used at the end. */
  readonly #models = new Map<string, KeptModel>();
  #works = 0;

  constructor(fit: FitTarget, most = mostKept) {
    this.#fit = fit;
    this.#most = most;
  }

  /** Forecasts the pieces of one work. Never throws. */
  answer(work: ModelWork): ModelAnswer {
    const known = this.#models.get(work.fit)?.model;
    if (known === undefined && work.input === undefined) return {};
    const model = known ?? this.#fitModel(work);
    const dropped = this.#keep(work.fit, model);
    return {
      forecasts: forecastPieces(model, work.pieces),
      ...(known === undefined ? { fitted: isMissing(model) ? 'Failed' : 'Done' } : {}),
      ...(dropped === undefined ? {} : { dropped }),
    };
  }

  #fitModel({ input, target }: ModelWork): FittedDemand | Missing {
    if (input === undefined) return { missing: 'its history is missing' };
    try {
      return this.#fit(unpackSeries(input.history), input.context, target);
    } catch (error) {
      return { missing: `no model can be fitted: ${messageOf(error)}` };
    }
  }

  /** Keeps a model as the last used; returns the fit that was dropped for it. */
  #keep(fit: string, model: FittedDemand | Missing): string | undefined {
    this.#works += 1;
    this.#models.delete(fit);
    const dropped = this.#models.size < this.#most ? undefined : this.#leastNeeded();
    if (dropped !== undefined) this.#models.delete(dropped);
    this.#models.set(fit, { model, usedIn: this.#works });
    return dropped;
  }

  #leastNeeded(): string | undefined {
    const [oldest] = this.#models;
    if (oldest === undefined) return undefined;
    const [fit, { usedIn }] = oldest;
    return usedIn < this.#works - idleWorks ? fit : [...this.#models.keys()].at(-1);
  }
}

function forecastPieces(model: FittedDemand | Missing, pieces: readonly ForecastPiece[]): ForecastAnswer {
  return isMissing(model) ? model : pieces.map(piece => soundForecast(() => forecastPiece(model, piece)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
