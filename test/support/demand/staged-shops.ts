import type { Event, Series } from '../../../forecasts/index.ts';
import { dayMs, hourMs, minuteMs, monday, normalFrom, ordinaryDemand, seededRandom } from './made-up-demand.ts';

/** How the sales of a made-up shop change: by a factor per sale, by a new kind, in their hour, or not at all. */
export const shopChanges = {
  steady: { scatter: 0.18 },
  agree: { scatter: 0.08 },
  noisy: { scatter: 0.45 },
  'grow ×1.05 to ×1.1': { scatter: 0.18, growth: [1.05, 1.1] },
  'grow ×1.2 to ×1.3 lately': { scatter: 0.18, growth: [1.2, 1.3], lately: 6 },
  'shrink ×0.85 to ×0.95': { scatter: 0.18, growth: [0.85, 0.95] },
  'jump: a new kind ×3': { scatter: 0.18, jump: 3 },
  'change their hour': { scatter: 0.18, hourShift: 8 },
} as const satisfies Readonly<Record<string, ShopChange>>;

export type ShopChangeName = keyof typeof shopChanges;

interface ShopChange {
  /** Spread of the sales' peaks, on the log scale. */
  readonly scatter: number;
  /** Lowest and highest factor from sale to sale. */
  readonly growth?: readonly [low: number, high: number];
  /** Number of newest sales that grow; all by default. */
  readonly lately?: number;
  /** Factor of the sale to come, which is of a new kind. */
  readonly jump?: number;
  /** Hours by which the three newest sales, that to come among them, begin later. */
  readonly hourShift?: number;
}

const stepMs = 5 * minuteMs;
const restDays = 9;

/** A made-up shop with `past` sales and, last, one to come; in steps of five minutes, without a weekly season of sales. */
export function stagedShop(
  name: ShopChangeName,
  seed: number,
  past: number,
): { readonly history: Series; readonly events: readonly Event[] } {
  const { scatter, growth, lately = past, jump, hourShift = 0 }: ShopChange = shopChanges[name];
  const random = seededRandom(7919 * seed + 13);
  const normal = normalFrom(random);
  const between = (low: number, high: number) => low + (high - low) * random();
  const shop = { usual: Math.log(between(2, 6)), hour: Math.floor(between(8, 18)), gap: Math.floor(between(1, 3)) };
  const curve = { full: between(3, 33), rest: between(0.4, 0.9) };
  const durationMs = Math.floor(between(1, 5)) * hourMs;
  const rate = growth === undefined ? 0 : Math.log(between(...growth));
  const sales = Array.from({ length: past + 1 }, (_, i) => {
    const hour = i >= past - 2 ? (shop.hour + hourShift) % 24 : shop.hour;
    const start = monday + (restDays + i * shop.gap) * dayMs + hour * hourMs + Math.floor(6 * random()) * 10 * minuteMs;
    const grown = rate * Math.max(0, i - (past - lately));
    const jumped = i === past && jump !== undefined ? Math.log(jump) : 0;
    const amplitude = Math.max(0.1, shop.usual + grown + jumped + scatter * normal());
    const kind = jump === undefined ? ['drop', 'outlet'][Math.floor(2 * random())] : i === past ? 'big day' : 'drop';
    const event: Event = { id: `sale-${i}`, start, end: start + durationMs, features: { kind: kind ?? 'drop' } };
    return { event, amplitude };
  });
  const until = (sales.at(-1)?.event.end ?? monday) + 2 * hourMs;
  const mood = Array.from({ length: Math.ceil((until - monday) / dayMs) }, () => 0.06 * normal());
  const values = Array.from({ length: Math.ceil((until - monday) / stepMs) }, (_, i) => {
    const time = monday + (i + 0.5) * stepMs;
    const uplift = sales.reduce((sum, { event, amplitude }) => sum + amplitude * shareAt(event, curve, time), 0);
    return ordinaryDemand(time) * Math.exp((mood[Math.floor((time - monday) / dayMs)] ?? 0) + uplift + 0.04 * normal());
  });
  return { history: { start: monday, stepSeconds: stepMs / 1000, values }, events: sales.map(({ event }) => event) };
}

/** Share (0–1) of a sale's peak at a time: full for some minutes, then falling to the rest. */
function shareAt({ start, end }: Event, curve: { readonly full: number; readonly rest: number }, time: number): number {
  if (time < start) return 0;
  if (time >= end) return curve.rest * Math.exp(-(time - end) / minuteMs / 12);
  const tau = (time - start) / minuteMs;
  return Math.min(1, tau / 3) * (curve.rest + (1 - curve.rest) * Math.exp(-Math.max(0, tau - curve.full) / 25));
}
