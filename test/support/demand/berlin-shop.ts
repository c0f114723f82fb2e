import type { Series, ShopClock } from '../../../forecasts/index.ts';
import { seededRandom } from './made-up-demand.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The changes of Berlin's clocks in 2026. */
export const springForward = Date.UTC(2026, 2, 29, 1);
export const fallBack = Date.UTC(2026, 9, 25, 1);

/** Berlin's clock in 2026. */
export const berlinClock: ShopClock = {
  timeZone: 'Europe/Berlin',
  offsets: [
    { from: Date.UTC(2025, 9, 26, 1), offsetMs: hourMs },
    { from: springForward, offsetMs: 2 * hourMs },
    { from: fallBack, offsetMs: hourMs },
  ],
};

/** Epoch ms as Berlin's clocks show it, as if in UTC. */
export function berlinTime(time: number): number {
  return time + (time >= springForward && time < fallBack ? 2 : 1) * hourMs;
}

/**
 * Demand of a made-up shop in requests per second, in steps of five minutes: a wave over the day, quieter weekends, and
 * a sharp peak of half an hour at 20:00, all by Berlin's clocks.
 */
export function berlinShop(input: {
  readonly start: number;
  readonly days: number;
  readonly seed?: number;
  /** Factor on the demand at a time of Berlin's clocks. @default 1 */
  readonly factorAt?: (local: number) => number;
  /** What the clocks show at an instant. @default Berlin's */
  readonly localOf?: (time: number) => number;
}): Series {
  const { start, days, seed = 1, factorAt = () => 1, localOf = berlinTime } = input;
  const stepMs = 300_000;
  const random = seededRandom(seed);
  let drift = 0;
  const values = Array.from({ length: (days * dayMs) / stepMs }, (_, i) => {
    const local = localOf(start + i * stepMs);
    const hour = (local % dayMs) / hourMs;
    const weekday = Math.floor(local / dayMs) % 7;
    const wave = 100 + 60 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
    const peak = hour >= 20 && hour < 20.5 ? 3.3 : 1;
    const weekend = weekday === 2 || weekday === 3 ? 0.7 : 1;
    drift = 0.99 * drift + 0.01 * (random() - 0.5);
    return wave * peak * weekend * factorAt(local) * Math.exp(0.08 * (random() - 0.5) + drift);
  });
  return { start, stepSeconds: 300, values };
}
