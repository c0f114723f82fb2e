const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Formats seconds in the two largest units that are not zero: 273 600 → `3 d 4 h`, 90 → `1 min 30 s`, 0 → `0 s`. */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  let rest = Math.round(Math.abs(seconds));
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return `${sign}${words.slice(0, 2).join(' ') || '0 s'}`;
}

/** Formats milliseconds as whole days above one day, whole hours, or else minutes: `7 d`, `24 h`, `90 min`. */
export function formatRoundSpan(ms: number): string {
  if (ms % 86_400_000 === 0 && ms > 86_400_000) return `${ms / 86_400_000} d`;
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${Math.round(ms / 60_000)} min`;
}
