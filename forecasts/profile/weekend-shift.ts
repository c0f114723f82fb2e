import { isWeekend } from '../series/weekday.ts';
import { medianOf } from '../statistics/median.ts';
import type { DayGrid } from './bin-days.ts';
import { nearLevel } from './near-level.ts';

/**
 * Shift of the weekend's level: the median over weekend days of their level less the mean level of the working days
 * within four days; 0 where no weekend day has a working day near. `levels`: one per row.
 */
export function weekendShift({ rows, firstDay, full }: DayGrid, levels: Float64Array): number {
  const shifts: number[] = [];
  const isNear = (row: number) => full[row] === true && !isWeekend(firstDay + row);
  for (let row = 0; row < rows; row++) {
    if (!full[row] || !isWeekend(firstDay + row)) continue;
    const near = nearLevel(levels, row, isNear);
    if (near !== undefined) shifts.push((levels[row] as number) - near);
  }
  return shifts.length === 0 ? 0 : medianOf(Float64Array.from(shifts), shifts.length);
}
