/** Entry of a forecast thread whose models burn CPU, crash or hang, by the target's name. */
import { lastValueDemand } from '../../../forecasts/index.ts';
import type { FitTarget } from '../../../src/operator/forecasting/forecaster.ts';
import { serveForecasts } from '../../../src/operator/forecasting/serve-forecasts.ts';

/** Burns CPU for `ms` of real time. */
function burn(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const fit: FitTarget = (history, context, target) => {
  const fitted = lastValueDemand(history, context);
  if (target === 'crashing') process.exit(7);
  if (target === 'hanging') burn(Number.POSITIVE_INFINITY);
  return {
    ...fitted,
    predict: options => {
      if (target.startsWith('slow')) burn(2000);
      if (target === 'throwing') throw new RangeError('steps must be whole');
      return fitted.predict(options);
    },
  };
};

serveForecasts(fit);
