import type { ShopClock } from '../../../forecasts/index.ts';

/** Whether two clocks show the same times and holidays. */
export function isSameClock(one: ShopClock | undefined, other: ShopClock | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.timeZone === other.timeZone &&
    areSame(one.offsets, other.offsets, (a, b) => a.from === b.from && a.offsetMs === b.offsetMs) &&
    areSame(one.holidays ?? [], other.holidays ?? [], (a, b) => a.day === b.day && a.name === b.name)
  );
}

function areSame<T>(some: readonly T[], others: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => isSame(one, others[i] ?? one)));
}
