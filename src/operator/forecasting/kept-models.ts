import type { FittedDemand } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { forecastPiece } from '../../plan/demand/forecast-piece.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { FitInput, FitTarget, ForecastAnswer } from './forecaster.ts';

/** Models kept at most; one of 28 days by the minute takes some MB. */
const mostKept = 24;

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
}

/**
 * The models last used by one thread, with the forecasts made by them. Losing a model costs the time to fit it again
 * and changes no forecast.
 */
export class KeptModels {
  readonly #fit: FitTarget;
  /** By fit, the last used at the end. */
  readonly #models = new Map<string, FittedDemand | Missing>();

  constructor(fit: FitTarget) {
    this.#fit = fit;
  }

  /** Forecasts the pieces of one work. Never throws. */
  answer(work: ModelWork): ModelAnswer {
    const known = this.#models.get(work.fit);
    if (known === undefined && work.input === undefined) return {};
    const model = known ?? this.#fitModel(work);
    this.#keep(work.fit, model);
    const fitted = known === undefined ? { fitted: isMissing(model) ? ('Failed' as const) : ('Done' as const) } : {};
    return { forecasts: forecastPieces(model, work.pieces), ...fitted };
  }

  #fitModel({ input, target }: ModelWork): FittedDemand | Missing {
    if (input === undefined) return { missing: 'its history is missing' };
    try {
      return this.#fit(input.history, input.context, target);
    } catch (error) {
      return { missing: `no model can be fitted: ${messageOf(error)}` };
    }
  }

  #keep(fit: string, model: FittedDemand | Missing): void {
    this.#models.delete(fit);
    this.#models.set(fit, model);
    for (const oldest of this.#models.keys()) {
      if (this.#models.size <= mostKept) break;
      this.#models.delete(oldest);
    }
  }
}

function forecastPieces(model: FittedDemand | Missing, pieces: readonly ForecastPiece[]): ForecastAnswer {
  if (isMissing(model)) return model;
  try {
    return pieces.map(piece => forecastPiece(model, piece));
  } catch (error) {
    return { missing: `no forecast can be made: ${messageOf(error)}` };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
