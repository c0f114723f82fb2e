import type { EventExplanation } from '../explanation.ts';
import { formatAmount, rose } from './format-amount.ts';

/** Describes a changed stated peak: "rose from 5 to 8 times", "is new: 5 times", "was withdrawn, before: 5 times". */
export function describeStatement(was: EventExplanation | undefined, is: EventExplanation | undefined): string {
  const [before, after] = [was?.statement?.peakRatio, is?.statement?.peakRatio];
  if (before === undefined) return `is new: ${formatAmount(after ?? 0)} times`;
  if (after === undefined) return `was withdrawn, before: ${formatAmount(before)} times`;
  return `${rose(after - before)} from ${formatAmount(before)} to ${formatAmount(after)} times`;
}

/**
 * Describes changed past sales, to be followed by the event's name: "4 past sales, 1 more than before, now count for".
 */
export function describePastSales(was: EventExplanation | undefined, is: EventExplanation | undefined): string {
  const [before, after] = [was?.pastSales.length ?? 0, is?.pastSales.length ?? 0];
  if (was?.start !== is?.start) return 'past sales count differently for the new start of';
  if (after === 0 && before === 0) return 'the general assumption about sales changed for';
  const sales = after === 1 ? '1 past sale' : `${after} past sales`;
  if (before === after) return `the same ${sales} count differently for`;
  const change = `${Math.abs(after - before)} ${after > before ? 'more' : 'fewer'}`;
  return `${sales}, ${change} than before, now ${after === 1 ? 'counts' : 'count'} for`;
}
