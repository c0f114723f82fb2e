import type { Event, Series } from '../../../forecasts/index.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
/** A Monday, 00:00 UTC. */
export const monday = Date.UTC(2026, 5, 1);

/** Source of uniform random numbers in [0, 1) from a seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Source of standard normal random numbers from a uniform source. */
export function normalFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Demand of a made-up shop: a daily wave, lower weekends, noise, and for each event a rush to `peak` times the ordinary
 * demand, which decays to half of it (on the log scale) and ends with the event.
 */
export function madeUpDemand(input: {
  readonly days: number;
  readonly stepSeconds?: number;
  readonly start?: number;
  readonly noise?: number;
  readonly seed?: number;
  readonly sales?: readonly { readonly event: Event; readonly peak: number }[];
}): Series {
  const { days, stepSeconds = 60, start = monday, noise = 0.05, seed = 1, sales = [] } = input;
  const normal = normalFrom(seededRandom(seed));
  const length = Math.round((days * dayMs) / (stepSeconds * 1000));
  const values = Array.from({ length }, (_, i) => {
    const time = start + i * stepSeconds * 1000;
    const base = ordinaryDemand(time) * Math.exp(noise * normal());
    return sales.reduce((value, { event, peak }) => value * Math.exp(Math.log(peak) * rushShape(event, time)), base);
  });
  return { start, stepSeconds, values };
}

/** Demand of the made-up shop at `time` without noise and sales, requests per second. */
export function ordinaryDemand(time: number): number {
  const hour = (time % dayMs) / hourMs;
  const weekend = new Date(time).getUTCDay() % 6 === 0 ? 0.8 : 1;
  return 100 * weekend * (1 + 0.6 * Math.sin(((hour - 9) / 24) * 2 * Math.PI));
}

/** Share (0–1) of a made-up sale's peak at a time, on the log scale. */
export function rushShape(event: Event, time: number): number {
  const tau = (time - event.start) / minuteMs;
  if (tau < 0) return 0;
  const plateau = 0.5 + 0.5 * Math.exp(-Math.max(0, tau - 3) / 25);
  if (time < event.end) return Math.min(1, (tau + 1) / 3) * plateau;
  return 0.5 * Math.exp(-((time - event.end) / minuteMs) / 6);
}
