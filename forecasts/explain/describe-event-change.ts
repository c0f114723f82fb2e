import type { EventExplanation } from '../explanation.ts';
import { formatAmount, rose } from './format-amount.ts';

/** "rose from 5 to 8 times", "is known now: 5 times", "is withdrawn, it was 5 times". */
export function describeStatement(was: EventExplanation | undefined, is: EventExplanation | undefined): string {
  const [before, after] = [was?.statement?.peakRatio, is?.statement?.peakRatio];
  if (before === undefined) return `is known now: ${formatAmount(after ?? 0)} times`;
  if (after === undefined) return `is withdrawn, it was ${formatAmount(before)} times`;
  return `${rose(after - before)} from ${formatAmount(before)} to ${formatAmount(after)} times`;
}

/** How other past uplifts teach an event, to be followed by its name: "1 past sale more, 4 in all, taught". */
export function describeLessons(was: EventExplanation | undefined, is: EventExplanation | undefined): string {
  const [before, after] = [was?.pastSales.length ?? 0, is?.pastSales.length ?? 0];
  if (was?.start !== is?.start) return 'another start changes what past sales teach for';
  if (after === 0 && before === 0) return 'what is assumed of any sale changed for';
  const sales = (count: number) => (count === 1 ? '1 past sale' : `${count} past sales`);
  if (before === after) return `the same ${sales(after)} teach otherwise for`;
  return `${sales(Math.abs(after - before))} ${after > before ? 'more' : 'fewer'}, ${after} in all, taught`;
}
