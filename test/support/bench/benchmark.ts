/** One figure of a benchmark and its goals. Ratios and shares are plain numbers (0.25 = 25 %). */
export interface Figure {
  /** The measure, in words for the reader of the table. */
  readonly measure: string;
  readonly value: number;
  /** The goal: an upper bound, or a range. */
  readonly must?: number | readonly [number, number];
  readonly stretch?: number | readonly [number, number];
}

export interface BenchmarkTable {
  readonly title: string;
  readonly figures: readonly Figure[];
}

export interface BenchmarkResult {
  /** Settings that the figures depend on: data, splits, seeds, data used for tuning. */
  readonly settings: readonly string[];
  readonly tables: readonly BenchmarkTable[];
  /** Parts that could not run, each with the reason. */
  readonly skipped: readonly string[];
}

/** A stored result, with the time and the Node.js version of the run. */
export interface KeptResult extends BenchmarkResult {
  /** Time of the run, ISO 8601. */
  readonly date: string;
  /** Version of Node.js. */
  readonly node: string;
  /** Duration of the run. */
  readonly seconds: number;
}

/** The `run` export of a file in test/bench. Prints nothing; fails only when it cannot run. */
export type RunBenchmark = () => BenchmarkResult | Promise<BenchmarkResult>;

/** Whether a figure meets a bound; undefined when there is none. */
export function meets(value: number, bound: Figure['must']): boolean | undefined {
  if (bound === undefined) return undefined;
  return typeof bound === 'number' ? value <= bound : value >= bound[0] && value <= bound[1];
}
