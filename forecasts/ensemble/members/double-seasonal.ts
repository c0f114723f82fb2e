import type { PointModel } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';

const hourMs = 3_600_000;
/** Grid of smoothing parameters: half-lives of the level, gains of the daily and weekly seasons. */
const levelHalfLivesMs = [6, 24, 96].map(hours => hours * hourMs);
const seasonGains = [0.05, 0.2];
const highestCarry = 0.98;

/**
 * Holt-Winters with two seasons, a day inside a week, additive on the model's scale and without a trend: e(t) = x(t) −
 * level − day(t − 1 d) − week(t − 7 d); each part moves by its own gain times e(t), and the forecast h steps ahead adds
 * φʰ times the last e. The gains are those of the grid with the smallest errors a day ahead; φ is the autocorrelation
 * of the errors. Needs two weeks of history: the first one initializes the seasons.
 *
 * @see Taylor (2003), Short-term electricity demand forecasting using double seasonal exponential smoothing, JORS 54(8)
 */
export const doubleSeasonal: PointModel = {
  name: 'double-seasonal Holt-Winters',
  fit: history => {
    const week = Math.round(7 * history.stepsPerDay);
    if (!Number.isInteger(history.stepsPerDay) || history.scaled.length < 2 * week) return undefined;
    const gains = chooseGains(history);
    const carry = autocorrelation(smooth(history, history.scaled, gains).errors);
    return known => {
      const parts = smooth(history, known, gains);
      return (origin, steps) => ahead(parts, history.stepsPerDay, { origin, steps, carry });
    };
  },
};

interface Gains {
  readonly level: number;
  readonly day: number;
  readonly week: number;
}

/** The components at the end of each step, and the one-step errors: one value per step. */
interface Parts {
  readonly level: Float64Array;
  readonly day: Float64Array;
  readonly week: Float64Array;
  readonly errors: Float64Array;
}

function chooseGains(history: RegularHistory): Gains {
  const grid = levelHalfLivesMs.flatMap(halfLifeMs =>
    seasonGains.flatMap(day =>
      seasonGains.map(week => ({ level: 1 - 2 ** (-history.stepMs / halfLifeMs), day, week })),
    ),
  );
  const judged = grid.map(gains => ({ gains, error: dayAheadError(history, smooth(history, history.scaled, gains)) }));
  return judged.reduce((best, other) => (other.error < best.error ? other : best)).gains;
}

/** Sum of the absolute errors one day ahead, from the second week on. */
function dayAheadError({ scaled, stepsPerDay }: RegularHistory, { level, day, week }: Parts): number {
  const perWeek = 7 * stepsPerDay;
  let sum = 0;
  for (let t = perWeek; t < scaled.length; t++) {
    const before = t - stepsPerDay;
    const expected = (level[before] as number) + (day[before] as number) + (week[t - perWeek] as number);
    sum += Math.abs((scaled[t] as number) - expected);
  }
  return sum;
}

/** Smooths `known` into its components; the first week initializes them. */
function smooth({ stepsPerDay }: RegularHistory, known: Float64Array, gains: Gains): Parts {
  const perWeek = 7 * stepsPerDay;
  const [level, day, week, errors] = Array.from({ length: 4 }, () => new Float64Array(known.length)) as FourArrays;
  let now = 0;
  for (let t = 0; t < perWeek; t++) now += (known[t] as number) / perWeek;
  for (let t = 0; t < perWeek; t++)
    day[t % stepsPerDay] = (day[t % stepsPerDay] as number) + ((known[t] as number) - now) / 7;
  for (let t = 0; t < perWeek; t++) {
    day[t] = day[t % stepsPerDay] as number;
    week[t] = (known[t] as number) - now - (day[t] as number);
    level[t] = now;
  }
  for (let t = perWeek; t < known.length; t++) {
    const dayBefore = day[t - stepsPerDay] as number;
    const weekBefore = week[t - perWeek] as number;
    const error = (known[t] as number) - now - dayBefore - weekBefore;
    now += gains.level * error;
    level[t] = now;
    day[t] = dayBefore + gains.day * error;
    week[t] = weekBefore + gains.week * error;
    errors[t] = error;
  }
  return { level, day, week, errors };
}

type FourArrays = [Float64Array, Float64Array, Float64Array, Float64Array];

function autocorrelation(errors: Float64Array): number {
  let products = 0;
  let squares = 0;
  for (let t = 1; t < errors.length; t++) {
    products += (errors[t] as number) * (errors[t - 1] as number);
    squares += (errors[t - 1] as number) ** 2;
  }
  return squares > 0 ? Math.min(highestCarry, Math.max(0, products / squares)) : 0;
}

function ahead(
  { level, day, week, errors }: Parts,
  stepsPerDay: number,
  { origin, steps, carry }: { readonly origin: number; readonly steps: number; readonly carry: number },
): Float64Array {
  const perWeek = 7 * stepsPerDay;
  const last = origin - 1;
  return Float64Array.from({ length: steps }, (_, i) => {
    const season = (day[origin - stepsPerDay + (i % stepsPerDay)] ?? 0) + (week[origin - perWeek + (i % perWeek)] ?? 0);
    return (level[last] ?? 0) + season + carry ** (i + 1) * (errors[last] ?? 0);
  });
}
