import type { CallRatio, MeasuredRatio } from '../../api/learned/call-ratio.ts';
import { correctRatio, hoursPerSale } from './correct-ratio.ts';

/** A call ratio for a sale, in calls per thousand requests, and what it rests on. */
export interface SaleRatio {
  readonly perThousandRequests: number;
  readonly declared: number;
  /** Past sales in which it was measured. */
  readonly pastSales: number;
  /** Hours outside sales that show more than is declared; absent where they do not count. */
  readonly ordinaryHours?: number;
}

/** Share by which a ratio must differ from the declared one to be told, and an ordinary one to count in a sale. */
export const toldShare = 0.2;
/** Factor by which so many past sales may differ from the ratio that is believed without them: one alone moves little. */
const factorPerSale = 2;

/**
 * Finds the ratio by which the extra of a sale is passed on: the declared one, corrected by the median of what past sales
 * measured. Without past sales ordinary hours count only where they show more by a fifth: the share of a checkout rises in
 * a sale, so a lower ordinary one shows nothing of it.
 */
export function saleRatio(input: {
  readonly declared: number;
  /** What each past sale measured, in calls per thousand requests. */
  readonly past: readonly number[];
  /** What was measured outside sales. */
  readonly outside: CallRatio | undefined;
  readonly isNight: boolean;
}): SaleRatio {
  const { declared, outside, isNight } = input;
  const past = input.past.filter(ratio => ratio > 0 && Number.isFinite(ratio)).sort((a, b) => a - b);
  const ordinary = isNight ? (outside?.night ?? outside?.ordinary) : outside?.ordinary;
  const usual = usualRatio(declared, ordinary);
  const isHigher = ordinary !== undefined && usual > (1 + toldShare) * declared;
  const believed = isHigher ? usual : declared;
  const counted = isHigher ? { ordinaryHours: ordinary.hours } : {};
  const middle = past.length === 0 ? undefined : medianOf(past);
  if (middle === undefined || declared === 0)
    return { perThousandRequests: isHigher ? roundRatio(usual) : declared, declared, pastSales: 0, ...counted };
  const most = factorPerSale ** past.length;
  const ratio = Math.min(believed * most, Math.max(believed / most, middle));
  const corrected = correctRatio(believed, { ratio, hours: hoursPerSale * past.length });
  return { perThousandRequests: roundRatio(corrected), declared, pastSales: past.length, ...counted };
}

/** Returns the ratios of sales by day and by night that follow from hours outside sales alone. */
export function outsideRatios(declared: number, outside: CallRatio | undefined): readonly number[] {
  return [false, true].map(isNight => saleRatio({ declared, past: [], outside, isNight }).perThousandRequests);
}

/** The declared ratio corrected by what was measured outside sales. */
function usualRatio(declared: number, measured: MeasuredRatio | undefined): number {
  if (measured === undefined) return declared;
  return correctRatio(declared, { ratio: measured.perThousandRequests, hours: measured.hours });
}

function medianOf(sorted: readonly number[]): number {
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return Math.sqrt(low * high);
}

/** Rounds to three significant digits, so that a plan does not change with every hour. */
function roundRatio(ratio: number): number {
  return Number(ratio.toPrecision(3));
}
