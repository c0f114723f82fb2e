import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMissing } from '../../api/missing.ts';
import type { FitTarget, Forecaster, ForecastRequest, OnFit } from './forecaster.ts';
import { KeptModels } from './kept-models.ts';

/**
 * Creates a forecaster that works in the calling thread, for tests, the sandbox and a model of the caller's own. It lets
 * all other work have its turn before each request.
 */
export function createOwnForecaster(fit: FitTarget, onFit?: OnFit): Forecaster {
  const models = new KeptModels(fit);
  const answer = ({ fit: key, target, pieces, read }: ForecastRequest) => {
    const kept = models.answer({ fit: key, target, pieces });
    if (kept.forecasts !== undefined) return kept.forecasts;
    const input = read();
    if (isMissing(input)) return input;
    const { forecasts = { missing: 'no model was fitted' }, fitted } = models.answer({
      fit: key,
      target,
      pieces,
      input,
    });
    if (fitted !== undefined) onFit?.(fitted, isMissing(forecasts) ? new Error(forecasts.missing) : undefined);
    return forecasts;
  };
  return {
    patienceMs: Number.POSITIVE_INFINITY,
    forecast: async request => {
      await nextTurn();
      return answer(request);
    },
    stop: async () => {},
  };
}
