import type { Event, FittedDemand } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { DemandForecasts, ForecastWindow, WindowForecast } from './demand-forecasts.ts';
import { forecastPiece, joinPieces } from './forecast-piece.ts';
import { type ForecastPiece, forecastPieces } from './forecast-pieces.ts';
import { soundForecast } from './sound-forecast.ts';

/** Windows of a namespace to forecast. */
export interface WindowsInput {
  readonly observation: Observation;
  readonly windows: readonly ForecastWindow[];
  /** By target name, as `saleEventsByTarget` gives them. */
  readonly events: ReadonlyMap<string, readonly Event[]>;
}

/** Forecasts the targets of every window by models at hand: the input from which a namespace is planned. */
export function forecastTargets(
  input: WindowsInput & {
    /** By target name: the model fitted at the last boundary (`fitBoundary`), or why there is none. */
    readonly fitted: Readonly<Record<string, FittedDemand | Missing>>;
  },
): DemandForecasts {
  return gatherForecasts(input, target => {
    const model = ownValue(input.fitted, target.target.metadata.name) ?? { missing: 'no model was fitted' };
    return isMissing(model)
      ? model
      : { fittedAt: model.fittedAt, forecast: pieces => pieces.map(piece => forecastPiece(model, piece)) };
  });
}

/** What makes the forecasts of one target. */
export interface PieceForecasts {
  /** End of the data of the fit, epoch ms. */
  readonly fittedAt: number;
  /** The forecasts of these pieces, in their order, or why one of them is missing. */
  readonly forecast: (pieces: readonly ForecastPiece[], window: ForecastWindow) => readonly WindowForecast[] | Missing;
}

/** Gathers the forecasts of every window and target, piece by piece. */
export function gatherForecasts(
  { observation, windows, events }: WindowsInput,
  source: (target: TargetObservation) => PieceForecasts | Missing,
): DemandForecasts {
  const sources = new Map(
    observation.targets.map(target => [target.target.metadata.name, { target, made: source(target) }]),
  );
  const forecastWindow = (window: ForecastWindow, name: string): readonly [string, WindowForecast | Missing][] => {
    const found = sources.get(name);
    if (found === undefined) return [];
    const { target, made } = found;
    if (isMissing(made)) return [[name, made]];
    const { fittedAt } = made;
    const pieces = forecastPieces({ window, target, fittedAt, events: events.get(name) ?? [], observation });
    const forecasts = soundForecast(() => made.forecast(pieces, window));
    if (isMissing(forecasts)) return [[name, forecasts]];
    return [[name, joinPieces(forecasts) ?? { missing: 'the window ends before the newest data' }]];
  };
  return Object.fromEntries(
    windows.map(window => [
      window.id,
      Object.fromEntries(window.targets.flatMap(name => forecastWindow(window, name))),
    ]),
  );
}
