import type { Event, Series } from '../../../forecasts/index.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { FitInput } from './forecaster.ts';
import type { ModelAnswer, ModelWork } from './kept-models.ts';

/** A work on its way to a thread; its history is transferred, not copied. */
export interface WorkMessage {
  readonly id: number;
  readonly fit: string;
  readonly target: string;
  readonly pieces: readonly ForecastPiece[];
  readonly input?: {
    readonly start: number;
    readonly stepSeconds: number;
    /** NaN where nothing was measured. */
    readonly values: Float64Array<ArrayBuffer>;
    readonly now: number;
    readonly events: readonly Event[];
  };
}

/** The answer to the work of the same id. */
export interface AnswerMessage extends ModelAnswer {
  readonly id: number;
}

/** Packs the inputs of a fit for transfer. */
export function packInput({ history, context }: FitInput): Required<WorkMessage>['input'] {
  const { start, stepSeconds, values } = history;
  const packed = new Float64Array(values.length);
  for (let i = 0; i < packed.length; i++) packed[i] = values[i] ?? Number.NaN;
  return { start, stepSeconds, values: packed, ...context };
}

/** Unpacks a work in the thread. */
export function unpackWork({ fit, target, pieces, input }: WorkMessage): ModelWork {
  if (input === undefined) return { fit, target, pieces };
  const { start, stepSeconds, now, events } = input;
  const values: (number | null)[] = [];
  for (const value of input.values) values.push(Number.isNaN(value) ? null : value);
  const history: Series = { start, stepSeconds, values };
  return { fit, target, pieces, input: { history, context: { now, events } } };
}
