import { isWeekend } from '../series/weekday.ts';
import { medianOf } from '../statistics/median.ts';
import type { DayGrid } from './bin-days.ts';

/** Distance in days of the working days that a weekend day is compared with. */
const nearDays = 4;

/**
 * Shift of the weekend's level: the median over weekend days of their level less the mean level of the working days
 * within four days; 0 where no weekend day has a working day near. `levels`: one per row.
 */
export function weekendShift({ rows, firstDay, full }: DayGrid, levels: Float64Array): number {
  const shifts: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!full[row] || !isWeekend(firstDay + row)) continue;
    let sum = 0;
    let near = 0;
    for (let other = Math.max(0, row - nearDays); other <= Math.min(rows - 1, row + nearDays); other++) {
      if (!full[other] || isWeekend(firstDay + other)) continue;
      sum += levels[other] as number;
      near++;
    }
    if (near > 0) shifts.push((levels[row] as number) - sum / near);
  }
  return shifts.length === 0 ? 0 : medianOf(Float64Array.from(shifts), shifts.length);
}
