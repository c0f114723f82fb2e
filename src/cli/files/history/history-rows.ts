/** One measurement and its line. */
export interface HistoryRow {
  /** Epoch ms. */
  readonly at: number;
  /** Requests per second; null when nothing was measured. */
  readonly value: number | null;
  /** `file:line`. */
  readonly where: string;
  /** Whether the file has an infinite value, which counts as missing. */
  readonly isInfinite?: boolean;
}

/** The measurements of one series of a file. */
export interface NamedRows {
  /** The name of its column, or what its rows are labelled with; undefined when the file has one series. */
  readonly name: string | undefined;
  readonly rows: readonly HistoryRow[];
  /** What the values are called, which may tell their unit. */
  readonly column?: string;
  /** Whether the values are requests in each step, so that the step turns them into requests per second. */
  readonly isCount?: boolean;
}

/** Reports negative and infinite values, which demand cannot have, with the line of the first. */
export function tellWild(rows: readonly HistoryRow[], tell: (note: string) => void): void {
  const negative = rows.filter(({ value }) => value !== null && value < 0);
  const endless = rows.filter(({ isInfinite }) => isInfinite === true);
  const [low] = negative;
  const [high] = endless;
  if (low !== undefined)
    tell(`${low.where}: ${countOf(negative.length, 'negative value')} left out, because demand is never negative`);
  if (high !== undefined) tell(`${high.where}: ${countOf(endless.length, 'infinite value')} left out`);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
