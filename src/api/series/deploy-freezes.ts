import { formatInstant, parseInstant } from '../instant.ts';
import type { FreezeStatus } from '../scaling-policy.ts';
import type { SaleWindow } from './recurring-sale.ts';

/** How many seconds before and after a sale nothing should be deployed. */
export interface FreezeLengths {
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
}

/** One time that a sale takes place. */
export interface SaleTime extends SaleWindow {
  /** Name of the FlashSale. */
  readonly sale: string;
}

/** A time around one or several sales in which nothing should be deployed, epoch ms. */
export interface DeployFreeze extends SaleWindow {
  /** Names of its FlashSales, by start, each once. */
  readonly sales: readonly string[];
}

/** Most windows that a status tells; the nearest come first. */
const mostTold = 50;
/** Most sales that a window of a status names. */
const mostNamed = 16;
/** The first and the last instant, epoch ms, that a status can state: the years 0 and 9999. */
const [earliest, latest] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')];

/**
 * Merges the times around sales into windows, by start, without those that are over at `now` (epoch ms).
 *
 *   sales, an hour before and after   →  windows
 *   20:00–22:00                          19:00–23:00
 *   20:00–22:00, 23:30–00:30             19:00–01:30: they overlap
 *   20:00–22:00, 00:00–01:00             19:00–02:00: they touch
 *   20:00–22:00, 03:00–04:00             19:00–23:00, 02:00–05:00
 */
export function deployFreezes(
  sales: readonly SaleTime[],
  { beforeSeconds, afterSeconds }: FreezeLengths,
  now: number,
): readonly DeployFreeze[] {
  const around = sales
    .map(({ sale, start, end }) => ({
      sale,
      start: Math.max(earliest, start - beforeSeconds * 1000),
      end: Math.min(latest, end + afterSeconds * 1000),
    }))
    .sort((a, b) => a.start - b.start || (a.sale < b.sale ? -1 : 1));
  const merged: DeployFreeze[] = [];
  for (const { sale, start, end } of around) {
    const last = merged.at(-1);
    if (last === undefined || last.end < start) merged.push({ start, end, sales: [sale] });
    else {
      const named = last.sales.includes(sale) ? last.sales : [...last.sales, sale];
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end), sales: named };
    }
  }
  return merged.filter(({ end }) => end > now);
}

/** Returns the window that contains `now` (epoch ms), of windows by start; undefined outside all of them. */
export function openFreeze(freezes: readonly DeployFreeze[], now: number): DeployFreeze | undefined {
  return freezes.find(({ start, end }) => start <= now && now < end);
}

/** Writes windows as the status of a ScalingPolicy: the nearest ones, each with its first sales. */
export function freezeStatus(freezes: readonly DeployFreeze[], now: number): FreezeStatus {
  const open = openFreeze(freezes, now);
  return {
    active: open !== undefined,
    ...(open === undefined ? {} : { since: formatInstant(open.start), until: formatInstant(open.end) }),
    windows: freezes.slice(0, mostTold).map(({ start, end, sales }) => ({
      start: formatInstant(start),
      end: formatInstant(end),
      sales: sales.slice(0, mostNamed),
    })),
  };
}

/** Whether a status says that a freeze is in force although it is over at `now` (epoch ms): nobody has cleared it. */
export function isLeftBehind({ active, until }: FreezeStatus, now: number): boolean {
  return active && until !== undefined && parseInstant(until) <= now;
}
