/** Formats a number with three significant digits and a thin space between thousands: `4 230`, `93`, `9.4`, `0.05`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value))
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return Number(value.toFixed(size >= 10 ? 1 : 2)).toString();
}

/** Formats a number for an axis: `4k`, `2.5k`, `800`. */
export function formatShort(value: number): string {
  return Math.abs(value) >= 1000 ? `${Number((value / 1000).toFixed(1))}k` : String(Number(value.toPrecision(3)));
}
