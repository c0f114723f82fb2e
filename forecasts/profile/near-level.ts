/** Distance in days of the working days that another day is compared with. */
const nearDays = 4;

/**
 * Mean level of the working days within four days of a row; undefined where there is none. `levels`: one per row;
 * `isNear`: whether a row is a fully measured working day.
 */
export function nearLevel(levels: Float64Array, row: number, isNear: (row: number) => boolean): number | undefined {
  let sum = 0;
  let near = 0;
  for (let other = Math.max(0, row - nearDays); other <= Math.min(levels.length - 1, row + nearDays); other++) {
    if (other === row || !isNear(other)) continue;
    sum += levels[other] as number;
    near++;
  }
  return near > 0 ? sum / near : undefined;
}
