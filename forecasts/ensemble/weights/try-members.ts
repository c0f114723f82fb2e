import type { EnsembleDesign, Judging } from '../members/ensemble-members.ts';
import type { PointForecaster } from '../point-model.ts';
import { type RegularHistory, splitHistory } from '../regular-history.ts';
import type { Trial } from './weigh-members.ts';

/** Trial forecasts of all members at inner origins, fitted only on data before the first of them. */
export interface Trials {
  /** One trial per member, in the design's order. */
  readonly trials: readonly Trial[];
  /** Inner origins as indices of the grid, newest first. */
  readonly origins: readonly number[];
  /** Actual raw values, one array per inner origin. */
  readonly actuals: readonly Float64Array[];
  readonly steps: number;
}

/** Trials over the whole horizon, and over the first hour from every hour since the first inner origin. */
export interface AllTrials {
  readonly far: Trials;
  /** Absent at hourly steps. */
  readonly near?: Trials;
}

/** A history with the trials on its beginnings; without trials where it is too short. */
export interface TriedHistory {
  readonly whole: RegularHistory;
  readonly tried?: AllTrials;
}

const leastDays = 2;

/** Fits all members on beginnings of the history, each at least two days long, and forecasts the rest. */
export function tryMembers(history: RegularHistory, design: EnsembleDesign): TriedHistory {
  const far = originsOf(history, design.far);
  const first = far.origins.at(-1) ?? 0;
  const least = leastDays * history.stepsPerDay;
  if (first < least) return { whole: splitHistory(history, []).whole };
  const weekAgo = Math.round(history.scaled.length - 7 * history.stepsPerDay);
  const looksBack = design.far.alsoWeekAgo && weekAgo >= least && weekAgo < first;
  const { whole, beginnings } = splitHistory(history, looksBack ? [first, weekAgo] : [first]);
  const [recent = [], before] = beginnings.map(beginning => fitBefore(whole, beginning, design));
  const isNaive = (m: number) => m < design.naives;
  const recentTrials = tryFrom(history, recent, far, isNaive);
  const farTrials = before
    ? joinTrials(recentTrials, tryFrom(history, before, { ...far, origins: [weekAgo] }, isNaive))
    : recentTrials;
  if (design.near === undefined) return { whole, tried: { far: farTrials } };
  const hourly = originsOf(history, { ...design.near, spacingHours: 1, origins: 24 * design.far.origins - 1 });
  return { whole, tried: { far: farTrials, near: tryFrom(history, recent, hourly, isNaive) } };
}

/** Selects from hourly trials the origins that `judging` asks for. */
export function thinTrials({ trials, origins, actuals, steps }: Trials, judging: Judging): Trials {
  const isKept = (_: unknown, hour: number) =>
    hour % judging.spacingHours === 0 && hour < judging.origins * judging.spacingHours;
  return {
    steps,
    trials: trials.map(trial => ({ ...trial, forecasts: trial.forecasts.filter(isKept) })),
    origins: origins.filter(isKept),
    actuals: actuals.filter(isKept),
  };
}

/** Converts scaled forecasts to raw values, clipped to the bounds of the history's scale. */
export function rawForecaster({ scale }: RegularHistory, follow: PointForecaster): PointForecaster {
  const { lowest, highest, from } = scale;
  return (origin, steps) => {
    const forecast = follow(origin, steps);
    for (let i = 0; i < steps; i++) forecast[i] = Math.min(highest, Math.max(lowest, from(forecast[i] as number)));
    return forecast;
  };
}

interface Origins {
  /** Indices of the grid, newest first. */
  readonly origins: readonly number[];
  readonly steps: number;
}

function originsOf({ scaled, stepsPerDay }: RegularHistory, judging: Judging): Origins {
  const perHour = stepsPerDay / 24;
  const steps = Math.max(1, Math.round(judging.hours * perHour));
  const spacing = judging.spacingHours * perHour;
  const origins = Array.from({ length: judging.origins }, (_, k) => scaled.length - steps - Math.round(k * spacing));
  return { origins, steps };
}

/**
 * All members fitted on a beginning of the history, ready to forecast from later origins; undefined where not fitted.
 */
function fitBefore(
  whole: RegularHistory,
  beginning: RegularHistory,
  { memberGroups }: EnsembleDesign,
): readonly (PointForecaster | undefined)[] {
  return memberGroups.flat().map(model => {
    const follow = model.fit(beginning)?.(whole.scaled);
    return follow && rawForecaster(whole, follow);
  });
}

function tryFrom(
  history: RegularHistory,
  forecasters: readonly (PointForecaster | undefined)[],
  { origins, steps }: Origins,
  isNaive: (member: number) => boolean,
): Trials {
  return {
    steps,
    trials: forecasters.map((forecast, m) => ({
      isNaive: isNaive(m),
      forecasts: origins.map(origin => forecast?.(origin, steps)),
    })),
    origins,
    actuals: origins.map(origin => history.scaled.subarray(origin, origin + steps).map(history.scale.from)),
  };
}

function joinTrials(recent: Trials, older: Trials): Trials {
  return {
    steps: recent.steps,
    trials: recent.trials.map((trial, m) => ({
      ...trial,
      forecasts: [...trial.forecasts, ...(older.trials[m]?.forecasts ?? [])],
    })),
    origins: [...recent.origins, ...older.origins],
    actuals: [...recent.actuals, ...older.actuals],
  };
}
