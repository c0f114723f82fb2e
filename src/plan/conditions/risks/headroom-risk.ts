import { formatTimes, formatWhole, type TargetCheck } from './target-check.ts';

/** Headroom in percent from which it is probably a mistake. */
const doubtfulPercent = 200;

/** Reports headroom that multiplies the forecast. */
export function headroomRisk({ desired: { name, observed } }: TargetCheck): readonly string[] {
  const { headroomPercent } = observed.target.spec;
  if (headroomPercent < doubtfulPercent) return [];
  const times = formatTimes(1 + headroomPercent / 100);
  return [
    `${name}: headroomPercent ${formatWhole(headroomPercent)} plans for ${times} times the forecast. 15 means 15 % more.`,
  ];
}
