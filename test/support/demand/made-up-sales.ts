import type { Event, Series } from '../../../forecasts/index.ts';
import { dayMs, hourMs, minuteMs, monday, normalFrom, ordinaryDemand, seededRandom } from './made-up-demand.ts';

/** Shape of a made-up sale: share (0–1) of its peak on the log scale, by the elapsed share (0–1) of its duration. */
export const saleShapes = {
  'rush at the start': over => 0.35 + 0.65 * Math.exp(-5 * over),
  'last call at the end': over => 0.35 + 0.65 * over ** 3,
  plateau: () => 1,
  'two peaks': over => 0.4 + 0.6 * Math.max(Math.exp(-10 * over), Math.exp(-10 * (1 - over))),
} as const satisfies Readonly<Record<string, (over: number) => number>>;

export type SaleShape = keyof typeof saleShapes;

/** A made-up shop with `past` sales and one to come, the last of `events`. */
export interface MadeUpShop {
  readonly history: Series;
  readonly events: readonly Event[];
}

/** Properties of one sale besides its shape. */
interface DrawnSale {
  readonly event: Event;
  /** Log of the peak as a multiple of ordinary demand. */
  readonly amplitude: number;
  /** Minutes until the full uplift. */
  readonly rise: number;
}

const restDays = 10;
const statementSpread = 0.3;
const otherSpread = 0.15;

/**
 * A made-up shop whose sales share one shape and have similar durations. The uplift depends on discount and audience,
 * which are features, and on a hidden factor. Stated peaks have an error of e^±0.3 and a bias per shop from 0.7 to 2.
 */
export function madeUpShop(input: {
  readonly shape: SaleShape;
  readonly durationMs: number;
  readonly past: number;
  readonly seed: number;
}): MadeUpShop {
  const { shape, durationMs, past, seed } = input;
  const random = seededRandom(seed);
  const normal = normalFrom(random);
  const shop = { usual: Math.log(2) + random() * Math.log(4), bias: Math.log(0.7) + random() * Math.log(2 / 0.7) };
  const gapMs = Math.ceil(Math.max(dayMs, 1.5 * durationMs) / dayMs) * dayMs;
  const sales = Array.from({ length: past + 1 }, (_, i): DrawnSale => {
    const start = monday + restDays * dayMs + i * gapMs + Math.floor(9 + 11 * random()) * hourMs;
    const discountPercent = 10 + Math.floor(random() * 6) * 10;
    const audience = Math.round(20_000 * Math.exp(0.6 * normal()));
    const told = 0.012 * (discountPercent - 35) + 0.25 * Math.log(audience / 20_000);
    const amplitude = Math.max(0.1, shop.usual + told + otherSpread * normal());
    const statedPeakRatio = Math.max(1, Math.exp(amplitude + shop.bias + statementSpread * normal()));
    const end = start + Math.round((durationMs * (0.8 + 0.4 * random())) / (5 * minuteMs)) * 5 * minuteMs;
    const event = { id: `sale-${i}`, start, end, statedPeakRatio, features: { discountPercent, audience } };
    return { event, amplitude, rise: 1 + 4 * random() };
  });
  const stepMs = durationMs < 6 * hourMs ? minuteMs : 5 * minuteMs;
  const until = (sales.at(-1) as DrawnSale).event.end;
  const values = Array.from({ length: Math.ceil((until - monday) / stepMs) }, (_, i) => {
    const time = monday + (i + 0.5) * stepMs;
    const uplift = sales.reduce((sum, sale) => sum + sale.amplitude * shareAt(sale, shape, time), 0);
    return ordinaryDemand(time) * Math.exp(uplift + 0.05 * normal());
  });
  return { history: { start: monday, stepSeconds: stepMs / 1000, values }, events: sales.map(({ event }) => event) };
}

function shareAt({ event: { start, end }, rise }: DrawnSale, shape: SaleShape, time: number): number {
  if (time < start) return 0;
  if (time >= end) return saleShapes[shape](1) * Math.exp(-(time - end) / minuteMs / 10);
  return Math.min(1, (time - start) / minuteMs / rise) * saleShapes[shape]((time - start) / (end - start));
}
