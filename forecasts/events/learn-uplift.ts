import type { Decomposition } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { reachBeforeMs, warpTime } from './event-clock.ts';
import { priorShape } from './prior-shape.ts';

/** What an event is expected to add on the model's scale, over the level known at the forecast's origin. */
export interface Uplift {
  /** One value a time asked for. */
  readonly point: Float64Array;
  /** The scale of the Student-t distribution around it, the error of the base included. */
  readonly spread: Float64Array;
  readonly degrees: number;
  /** Past events that taught it. */
  readonly pastEvents: number;
}

export interface UpliftAsk {
  readonly event: Event;
  /** Past events, all ended by the origin. */
  readonly past: readonly Event[];
  /** Epoch ms of each step to forecast. */
  readonly times: readonly number[];
  /** How long before the start the forecast is made, ≥ 0: past levels are taken at the same lead. */
  readonly leadMs: number;
}

const ageHalfLifeMs = 7 * 86_400_000;
/** Log of a typical peak ratio, and how far a statement is believed: less than in full, for statements err too. */
const typicalPeak = Math.log(2.5);
const statementTrust = 0.6;
/** Prior precisions: of the intercept, and of the trust in the statement. */
const precisions = [0.3, 1] as const;
/** Spread of an unseen event, in events: as if `priorEvents` had shown it. */
const priorSpread = 0.45;
const priorEvents = 4;

/**
 * One formula for none to many past events: ridge with a prior mean, log uplift = θ₀(τ) + θ₁(τ)·(log stated peak −
 * typical). Without a past event it is the prior's shape times the shrunk statement; each past event pulls it to what
 * was seen. The spread comes from leave-one-out residuals and the prior spread.
 */
export function learnUplift(decomposition: Decomposition, ask: UpliftAsk): Uplift {
  const { event, times } = ask;
  const unit = unitOf(decomposition);
  const amplitude = (e: Event) => (e.statedPeakRatio === undefined ? 0 : statedAmplitude(e, unit) - typicalPeak * unit);
  const lessons = ask.past.flatMap(past => lessonOf(decomposition, ask, past, amplitude(past)));
  const shape = times.map(time => priorShape(event, time));
  const solve = ridge(lessons, event.statedPeakRatio !== undefined);
  const x: readonly [number, number] = [1, amplitude(event)];
  const point = new Float64Array(times.length);
  const spread = new Float64Array(times.length);
  const weight = lessons.reduce((sum, lesson) => sum + lesson.weight, 0);
  const squares = lessons.reduce((sum, lesson) => sum + lesson.weight ** 2, 0);
  const taught = squares > 0 ? weight ** 2 / squares : 0;
  for (let i = 0; i < times.length; i++) {
    const s = shape[i] as number;
    const theta = solve(i, typicalPeak * unit * s, statementTrust * s);
    point[i] = theta[0] * x[0] + theta[1] * x[1];
    const seen =
      weight > 0 ? lessons.reduce((sum, l) => sum + l.weight * looResidual(l, i, theta) ** 2, 0) / weight : 0;
    const prior = unit * (0.1 + priorSpread * s);
    spread[i] = Math.sqrt((priorEvents * prior ** 2 + taught * seen) / (priorEvents + taught));
  }
  return { point, spread: smooth(spread), degrees: priorEvents + taught, pastEvents: lessons.length };
}

interface Lesson {
  readonly weight: number;
  readonly stated: number;
  /** Uplift over the level known at the same lead, one a time asked for. */
  readonly uplift: Float64Array;
  /** Its pull on its own fit, for leave-one-out residuals. */
  leverage: number;
}

/** On a log scale ratios are sums; on a raw one they are multiples of what is usual. */
function unitOf({ scale, samples }: Decomposition): number {
  if (scale.name === 'log') return 1;
  let sum = 0;
  let count = 0;
  for (const value of samples.values) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  return count === 0 ? 1 : sum / count;
}

function statedAmplitude(event: Event, unit: number): number {
  const ratio = event.statedPeakRatio ?? 1;
  return unit === 1 ? Math.log(ratio) : (ratio - 1) * unit;
}

function lessonOf(decomposition: Decomposition, ask: UpliftAsk, past: Event, stated: number): readonly Lesson[] {
  const { deviations, level } = decomposition;
  const { start, stepMs, values } = deviations;
  const origin = Math.floor((past.start - ask.leadMs - start) / stepMs) - 1;
  const base = level.middle[origin];
  if (base === undefined) return [];
  const uplift = new Float64Array(ask.times.length).fill(Number.NaN);
  let known = 0;
  for (let i = 0; i < uplift.length; i++) {
    const since = Math.max(-reachBeforeMs, (ask.times[i] as number) - ask.event.start);
    const at = Math.floor((past.start + warpTime(since, ask.event, past) - start) / stepMs);
    const value = values[at];
    if (value === undefined || Number.isNaN(value)) continue;
    uplift[i] = value - base;
    known++;
  }
  if (known < 0.5 * uplift.length) return [];
  bridge(uplift);
  const age = Math.max(0, ask.event.start - past.start);
  return [{ weight: 2 ** (-age / ageHalfLifeMs), stated, uplift, leverage: 0 }];
}

/** Gaps become the line between their neighbours, ends the nearest value. */
function bridge(values: Float64Array): void {
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    for (let k = last + 1; k < i; k++) {
      const to = values[i] as number;
      const from = last < 0 ? to : (values[last] as number);
      values[k] = from + ((to - from) * (k - last)) / (i - last);
    }
    last = i;
  }
  for (let k = last + 1; k < values.length; k++) values[k] = values[last] as number;
}

/** θ(i) = (X'DX + Λ)⁻¹ (X'D z(i) + Λ prior(i)), and each lesson's leverage. */
function ridge(lessons: readonly Lesson[], stated: boolean) {
  const [p0, p1] = precisions;
  let a = p0 as number;
  let b = 0;
  let c = p1 as number;
  for (const lesson of lessons) {
    a += lesson.weight;
    if (!stated) continue;
    b += lesson.weight * lesson.stated;
    c += lesson.weight * lesson.stated ** 2;
  }
  const determinant = a * c - b * b;
  for (const lesson of lessons) {
    const s = stated ? lesson.stated : 0;
    lesson.leverage = (lesson.weight * (c - 2 * b * s + a * s * s)) / determinant;
  }
  return (i: number, prior0: number, prior1: number): readonly [number, number] => {
    let r0 = p0 * prior0;
    let r1 = p1 * prior1;
    for (const lesson of lessons) {
      const z = lesson.weight * (lesson.uplift[i] as number);
      r0 += z;
      if (stated) r1 += z * lesson.stated;
    }
    return [(c * r0 - b * r1) / determinant, stated ? (a * r1 - b * r0) / determinant : 0];
  };
}

function looResidual(lesson: Lesson, i: number, theta: readonly [number, number]): number {
  const fitted = theta[0] + theta[1] * lesson.stated;
  return ((lesson.uplift[i] as number) - fitted) / Math.max(0.05, 1 - lesson.leverage);
}

function smooth(values: Float64Array): Float64Array {
  const reach = 10;
  const smoothed = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    let count = 0;
    for (let k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k++) {
      sum += (values[k] as number) ** 2;
      count++;
    }
    smoothed[i] = Math.sqrt(sum / count);
  }
  return smoothed;
}
