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

/** The forecast of one window for one target, to be made piece by piece. */
export interface WindowPart {
  readonly window: ForecastWindow;
  readonly target: string;
  /** Or why the target has no forecast. */
  readonly pieces: readonly ForecastPiece[] | Missing;
}

/** The forecasts of the pieces of one window for one target, or why one of them is missing. */
export type PartForecasts = readonly WindowForecast[] | Missing;

/** Forecasts the targets of every window by models at hand: the input from which a namespace is planned. */
export function forecastTargets(
  input: WindowsInput & {
    /** By target name: the model fitted at the last boundary (`fitBoundary`), or why there is none. */
    readonly fitted: Readonly<Record<string, FittedDemand | Missing>>;
  },
): DemandForecasts {
  const modelOf = (target: string): FittedDemand | Missing =>
    ownValue(input.fitted, target) ?? { missing: 'no model was fitted' };
  const parts = windowParts(input, name => {
    const model = modelOf(name);
    return isMissing(model) ? model : model.fittedAt;
  });
  return joinParts(parts, ({ target, pieces }) => {
    const model = modelOf(target);
    if (isMissing(pieces)) return pieces;
    return isMissing(model) ? model : wholePart(pieces.map(piece => soundForecast(() => forecastPiece(model, piece))));
  });
}

/** The forecasts of all pieces of a part, or why the first of those that are missing is. */
export function wholePart(forecasts: readonly (WindowForecast | Missing)[]): PartForecasts {
  const made: WindowForecast[] = [];
  for (const forecast of forecasts) {
    if (isMissing(forecast)) return forecast;
    made.push(forecast);
  }
  return made;
}

/** Divides the forecasts of every window and target into pieces; `fittedAt` gives the end of the data of its fit, epoch ms. */
export function windowParts(
  { observation, windows, events }: WindowsInput,
  fittedAt: (target: string) => number | Missing,
): readonly WindowPart[] {
  const targets = new Map(observation.targets.map(target => [target.target.metadata.name, target]));
  const piecesOf = (window: ForecastWindow, target: TargetObservation): WindowPart['pieces'] => {
    const { name } = target.target.metadata;
    const fitted = fittedAt(name);
    if (typeof fitted !== 'number') return fitted;
    return forecastPieces({ window, target, fittedAt: fitted, events: events.get(name) ?? [], observation });
  };
  return windows.flatMap(window =>
    window.targets.flatMap((name): readonly WindowPart[] => {
      const target = targets.get(name);
      return target === undefined ? [] : [{ window, target: name, pieces: piecesOf(window, target) }];
    }),
  );
}

/** Joins the forecasts of all pieces by window and target. */
export function joinParts(
  parts: readonly WindowPart[],
  forecast: (part: WindowPart) => PartForecasts,
): DemandForecasts {
  const byWindow = Map.groupBy(parts, ({ window }) => window.id);
  const join = (part: WindowPart): WindowForecast | Missing => {
    const made = forecast(part);
    if (isMissing(made)) return made;
    return joinPieces(made) ?? { missing: 'the window ends before the newest data' };
  };
  return Object.fromEntries(
    [...byWindow].map(([id, own]) => [id, Object.fromEntries(own.map(part => [part.target, join(part)]))]),
  );
}
