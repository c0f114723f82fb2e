import type { Decomposition } from '../decomposition.ts';
import type { EventForecast } from '../demand.ts';
import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { endOf } from '../samples.ts';
import { studentQuantile } from '../student-quantile.ts';
import { reachAfterMs, reachBeforeMs, reachOf } from './event-clock.ts';
import { learnUplift, type Uplift } from './learn-uplift.ts';

export interface ExtraAsk {
  readonly event: Event;
  /** Events that may teach: all known, of which only those ended by the origin are used. */
  readonly known: readonly Event[];
  /** Without the event, at the times and levels asked for. */
  readonly base: Forecast;
  /** Epoch ms: the origin where there is no data. */
  readonly now: number;
}

const name = 'event-uplift';
const minuteMs = 60_000;
/** Weight of the newest minute in the live correction. */
const correctionPerMinute = 0.5;

/**
 * What an event adds to the base, level by level: extra = total − base ≥ 0. Before the start it is the learned uplift
 * over the level of now; once the event runs and its actuals come in, the curve is corrected by how far they are off.
 */
export function forecastExtra(decomposition: Decomposition, ask: ExtraAsk): EventForecast {
  const { event, base } = ask;
  const stepMs = base.stepSeconds * 1000;
  const first = Math.max(0, Math.ceil((event.start - reachBeforeMs - base.start) / stepMs));
  const last = Math.min(base.point.length - 1, Math.floor((event.end + reachAfterMs - base.start) / stepMs));
  const { samples, level } = decomposition;
  const origin = samples.values.length > 0 ? endOf(samples) : ask.now;
  const past = ask.known.filter(known => known.end <= origin && known.end <= event.start && known.id !== event.id);
  const learn = (times: readonly number[]) =>
    learnUplift(decomposition, { event, past, times, leadMs: Math.max(0, event.start - origin) });
  if (last < first) return emptyExtra(ask, past.length);
  const times = Array.from({ length: last - first + 1 }, (_, i) => base.start + (first + i) * stepMs);
  const uplift = learn(times);
  const correction = correctLive(decomposition, event, origin, learn);
  const anchor = level.middle.at(-1) ?? 0;
  return {
    event: event.id,
    pastEvents: uplift.pastEvents,
    extra: extraOf({ decomposition, base, event, times, first, uplift, anchor, correction, origin }),
  };
}

interface Parts {
  readonly decomposition: Decomposition;
  readonly base: Forecast;
  readonly event: Event;
  readonly times: readonly number[];
  readonly first: number;
  readonly uplift: Uplift;
  readonly anchor: number;
  readonly correction: number | undefined;
  readonly origin: number;
}

function extraOf(parts: Parts): Forecast {
  const { decomposition, base, event, times, first, uplift, anchor, correction, origin } = parts;
  const { profile, scale } = decomposition;
  const unit = scale.name === 'log' ? 1 : 0;
  const totalAt = (i: number, offset: number) => {
    const time = times[i] as number;
    const reach = reachOf(event, time);
    const live = correction === undefined ? 0 : correction;
    return scale.from(profile.at(time) + anchor + reach * ((uplift.point[i] as number) + live + offset * unit));
  };
  const over = (without: readonly number[], offset: (i: number) => number, below?: readonly number[]) => {
    const extra = new Array<number>(without.length).fill(0);
    for (let i = 0; i < times.length; i++) {
      const at = first + i;
      const total = totalAt(i, offset(i));
      const reaches = reachOf(event, times[i] as number) > 0;
      extra[at] = reaches ? Math.max(0, below?.[at] ?? 0, total - (without[at] as number)) : 0;
    }
    return extra;
  };
  const spreadAt = (i: number) => {
    const spread = uplift.spread[i] as number;
    if (correction === undefined) return spread;
    const minutes = Math.max(0, ((times[i] as number) + base.stepSeconds * 1000 - origin) / minuteMs);
    return Math.min(spread, 0.05 + 0.03 * Math.sqrt(minutes));
  };
  let below: readonly number[] | undefined;
  const quantiles = base.quantiles.map(({ level, values: without }) => {
    const t = studentQuantile(level, uplift.degrees);
    const values = over(without, i => t * spreadAt(i), below);
    below = values;
    return { level, values };
  });
  return { model: name, start: base.start, stepSeconds: base.stepSeconds, point: over(base.point, () => 0), quantiles };
}

/** How far the running event is off its curve: a mean of the newest minutes, each counting half of the one after it. */
function correctLive(
  decomposition: Decomposition,
  event: Event,
  origin: number,
  learn: (times: readonly number[]) => Uplift,
): number | undefined {
  const { deviations, level } = decomposition;
  const { start, stepMs, values } = deviations;
  const firstIndex = Math.max(
    0,
    Math.ceil((event.start - start) / stepMs),
    values.length - Math.ceil((30 * minuteMs) / stepMs),
  );
  if (origin <= event.start || origin > event.end + reachAfterMs || firstIndex >= values.length) return undefined;
  const times: number[] = [];
  for (let i = firstIndex; i < values.length; i++) times.push(start + i * stepMs);
  const expected = learn(times);
  const base = level.middle.at(-1) ?? 0;
  const keep = (1 - correctionPerMinute) ** (stepMs / minuteMs);
  let correction: number | undefined;
  for (let i = firstIndex; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const off = value - base - (expected.point[i - firstIndex] as number);
    correction = correction === undefined ? off : keep * correction + (1 - keep) * off;
  }
  return correction;
}

function emptyExtra({ event, base }: ExtraAsk, pastEvents: number): EventForecast {
  const none = base.point.map(() => 0);
  const quantiles = base.quantiles.map(({ level }) => ({ level, values: none }));
  return {
    event: event.id,
    pastEvents,
    extra: { model: name, start: base.start, stepSeconds: base.stepSeconds, point: none, quantiles },
  };
}
