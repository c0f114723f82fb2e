/** A function from a value to a position on the page in pixels. */
export type AxisScale = (value: number) => number;

export function linearScale(domain: readonly [number, number], range: readonly [number, number]): AxisScale {
  const span = domain[1] - domain[0] || 1;
  return value => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
}

/** Returns about `count` round numbers from 0 to at least `highest`, for the ticks of an axis. */
export function niceTicks(highest: number, count: number): readonly number[] {
  const rough = Math.max(highest, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find(factor => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const timeSteps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080, 20_160, 40_320].map(
  minutes => minutes * minuteMs,
);

/**
 * Returns at most `count` instants at round local times within [from, until], for the ticks of a time axis.
 *
 * @param offsetMs local time − UTC
 */
export function timeTicks(
  from: number,
  until: number,
  input: { readonly count: number; readonly offsetMs: number },
): readonly number[] {
  const step =
    timeSteps.find(one => (until - from) / one <= input.count) ??
    Math.ceil((until - from) / input.count / dayMs) * dayMs;
  // Shift weeks to Mondays: 1970 began on a Thursday.
  const shift = input.offsetMs + (step % (7 * dayMs) === 0 ? 3 * dayMs : 0);
  const first = Math.ceil((from + shift) / step) * step - shift;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, i) => first + i * step);
}
