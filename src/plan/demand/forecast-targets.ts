import type { DemandForecast, Event, FittedDemand } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { DemandForecasts, ForecastWindow } from './demand-forecasts.ts';
import { forecastLevels } from './levels.ts';
import { raisingActuals } from './raising-actuals.ts';

/** Forecasts the targets of every window: the input from which a namespace is planned. */
export function forecastTargets(input: {
  readonly observation: Observation;
  readonly windows: readonly ForecastWindow[];
  /** By target name, as `saleEventsByTarget` gives them. */
  readonly events: ReadonlyMap<string, readonly Event[]>;
  /** By target name: the model fitted at the last boundary (`fitBoundary`) with these events, or why there is none. */
  readonly fitted: Readonly<Record<string, FittedDemand | Missing>>;
}): DemandForecasts {
  const { observation, windows, events, fitted } = input;
  const targets = new Map(observation.targets.map(target => [target.target.metadata.name, target]));
  return Object.fromEntries(
    windows.map(window => [
      window.id,
      Object.fromEntries(
        window.targets.flatMap((name): [string, DemandForecast | Missing][] => {
          const target = targets.get(name);
          if (target === undefined) return [];
          const model = ownValue(fitted, name) ?? { missing: 'no model was fitted' };
          return [[name, forecastWindow({ window, target, model, events: events.get(name) ?? [], observation })]];
        }),
      ),
    ]),
  );
}

function forecastWindow(input: {
  readonly window: ForecastWindow;
  readonly target: TargetObservation;
  readonly model: FittedDemand | Missing;
  readonly events: readonly Event[];
  readonly observation: Observation;
}): DemandForecast | Missing {
  const { window, target, model, events, observation } = input;
  if (isMissing(model)) return model;
  const stepMs = target.target.spec.demand.stepSeconds * 1000;
  const from = Math.max(window.start, model.fittedAt);
  const steps = Math.ceil(window.end / stepMs) - Math.floor(from / stepMs);
  if (from >= window.end) return { missing: 'the window ends before the newest data' };
  const recent = freshDemand({ target, model, events }, observation);
  return model.predict({
    from,
    steps,
    levels: forecastLevels,
    events: events.filter(event => event.start < window.end && from < event.end),
    ...(recent === undefined ? {} : { recent }),
  });
}

/** Actuals for the live correction, without old ones, which no longer describe the present. */
function freshDemand(
  {
    target: { demand },
    model,
    events,
  }: { readonly target: TargetObservation; readonly model: FittedDemand; readonly events: readonly Event[] },
  { limits }: Observation,
) {
  if (isMissing(demand) || demand.ageSeconds > limits.staleAfterSeconds) return undefined;
  return raisingActuals(demand, model, events);
}
