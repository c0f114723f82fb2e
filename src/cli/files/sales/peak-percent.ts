/**
 * Reads a stated peak as a percentage of an ordinary minute: `8x`, `8 times` and 8 in a column of ratios are 800, as
 * are `800 %` and 800 in a column of percentages. In a column called "peak" alone, numbers up to 50 are times, and
 * those from 100 are percentages; `+500 %` is asked about.
 *
 * @throws Error naming file and line when it is neither
 */
export function peakPercentOf(input: {
  readonly text: string;
  /** The column's name; empty when the sheet has no header, and numbers are ratios. */
  readonly column: string;
  readonly where: string;
  readonly value: number;
}): number {
  const { text, column, where, value } = input;
  if (/^\+/.test(text))
    throw new Error(
      `${where}: "${text}" may be ${value} % of an ordinary minute or that much more: write ${value} % or ${value + 100} %`,
    );
  if (!(value > 0)) throw new Error(`${where}: "${text}" is no peak ratio above 0`);
  if (/%/.test(text)) return Math.round(value);
  if (/[x×]|times|fach|fold|mal/i.test(text)) return Math.round(value * 100);
  if (/percent|pct|%|prozent/i.test(column)) return Math.round(value);
  if (column === '' || /ratio|times|multiple|fa[kc]tor|[x×]\)?$/i.test(column)) return Math.round(value * 100);
  if (value <= 50) return Math.round(value * 100);
  if (value >= 100) return Math.round(value);
  throw new Error(`${where}: "${text}" may be ${value} times or ${value} %: write ${value}x or ${value} %`);
}

/** The number of a stated peak: `x6`, `6×` and `6-fach` are 6. */
export function withoutTimes(text: string): string {
  return text.replace(/^[x×*]\s*|[\s-]*(?:x|×|times|fach|fold|mal)\s*$/gi, '');
}
