import type { FitContext } from '../../../forecasts/index.ts';
import type { PackedSeries } from '../../observe/samples/packed-series.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { FitInput } from './forecaster.ts';
import type { ModelAnswer, ModelWork } from './kept-models.ts';

/** A work on its way to a thread; its history is transferred, not copied. */
export interface WorkMessage {
  readonly id: number;
  readonly fit: string;
  readonly target: string;
  readonly pieces: readonly ForecastPiece[];
  readonly input?: PackedSeries & FitContext;
}

/** The answer to the work of the same id. */
export interface AnswerMessage extends ModelAnswer {
  readonly id: number;
}

/** Packs the inputs of a fit for transfer. */
export function packInput({ history, context }: FitInput): Required<WorkMessage>['input'] {
  return { ...history, ...context };
}

/** Unpacks a work in the thread. */
export function unpackWork({ fit, target, pieces, input }: WorkMessage): ModelWork {
  if (input === undefined) return { fit, target, pieces };
  const { start, stepSeconds, values, ...context } = input;
  return { fit, target, pieces, input: { history: { start, stepSeconds, values }, context } };
}
