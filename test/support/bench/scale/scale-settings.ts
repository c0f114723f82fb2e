/** A cluster for the benchmark of scale. */
export interface ScaleSettings {
  readonly namespaces: number;
  readonly targets: number;
  /** Sales of each namespace that begin at least some hours later, spread over three months. */
  readonly salesAhead: number;
  readonly salesPast: number;
  /** Whether each namespace has a sale of 92 days that runs. */
  readonly hasLongSale: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** What the API's process tells of its requests. */
export interface ScaleCounts {
  /** Writes since the last reset, by kind and part. */
  readonly writes: Readonly<Record<string, number>>;
}

/** A question to the API's process; `Reset` sets the counts to 0. */
export type ScaleQuestion = 'Count' | 'Reset';

const hourMs = 3_600_000;

/** The past sales of each namespace: half an hour each, over the last four weeks, until half a day ago; times in epoch ms. */
export function pastSales({
  now,
  salesPast,
}: Pick<ScaleSettings, 'now' | 'salesPast'>): readonly { readonly start: number; readonly end: number }[] {
  return Array.from({ length: salesPast }, (_, s) => {
    const start = (Math.floor(now / hourMs) - 12 - Math.floor((s * 27 * 24) / salesPast)) * hourMs;
    return { start, end: start + hourMs / 2 };
  });
}
