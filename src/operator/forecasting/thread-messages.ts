import type { FitContext } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { PackedSeries } from '../../observe/samples/packed-series.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { FitInput } from './forecaster.ts';
import type { ModelAnswer, ModelWork } from './kept-models.ts';
import { type PackedForecasts, packForecasts, unpackForecasts } from './packed-forecasts.ts';

/** A work on its way to a thread; its history is transferred, not copied. */
export interface WorkMessage {
  readonly id: number;
  readonly fit: string;
  readonly target: string;
  readonly pieces: readonly ForecastPiece[];
  readonly input?: PackedSeries & FitContext;
}

/** The answer to the work of the same id; the values of its forecasts are transferred, not copied. */
export interface AnswerMessage extends Omit<ModelAnswer, 'forecasts'> {
  readonly id: number;
  readonly forecasts?: PackedForecasts | Missing;
}

/** Packs an answer for transfer. */
export function packAnswer(id: number, { forecasts, ...rest }: ModelAnswer): AnswerMessage {
  if (forecasts === undefined) return { id, ...rest };
  return { id, ...rest, forecasts: isMissing(forecasts) ? forecasts : packForecasts(forecasts) };
}

/** Lists what of an answer is transferred. */
export function transferOf({ forecasts }: AnswerMessage): ArrayBuffer[] {
  if (forecasts === undefined || isMissing(forecasts)) return [];
  return [forecasts.lengths.buffer, forecasts.values.buffer];
}

/** Unpacks an answer in the thread that asked. */
export function unpackAnswer({ id: _, forecasts, ...rest }: AnswerMessage): ModelAnswer {
  if (forecasts === undefined) return rest;
  return { ...rest, forecasts: isMissing(forecasts) ? forecasts : unpackForecasts(forecasts) };
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
