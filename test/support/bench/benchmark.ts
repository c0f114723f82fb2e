/** One figure of a benchmark beside what was to be reached. Ratios and shares are plain numbers (0.25 = 25 %). */
export interface Figure {
  /** What was measured, in words a reader of the table understands. */
  readonly measure: string;
  readonly value: number;
  /** A bound not to exceed, or a range to lie in. */
  readonly must?: number | readonly [number, number];
  readonly stretch?: number | readonly [number, number];
}

export interface BenchmarkTable {
  readonly title: string;
  readonly figures: readonly Figure[];
}

export interface BenchmarkResult {
  /** What the figures depend on: data, splits, seeds, what was tuned on what. */
  readonly settings: readonly string[];
  readonly tables: readonly BenchmarkTable[];
  /** Parts that could not run and why, in sentences. */
  readonly skipped: readonly string[];
}

/** A result as it is kept: when and on what it was measured. */
export interface KeptResult extends BenchmarkResult {
  /** ISO 8601. */
  readonly date: string;
  /** Version of Node.js. */
  readonly node: string;
  /** How long it took. */
  readonly seconds: number;
}

/** What a file in test/bench exports as `run`. Prints nothing; fails only when it cannot run. */
export type RunBenchmark = () => BenchmarkResult | Promise<BenchmarkResult>;

/** Whether a figure meets a bound; undefined when there is none. */
export function meets(value: number, bound: Figure['must']): boolean | undefined {
  if (bound === undefined) return undefined;
  return typeof bound === 'number' ? value <= bound : value >= bound[0] && value <= bound[1];
}
