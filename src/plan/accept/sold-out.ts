import { isMissing } from '../../api/missing.ts';
import type { StockSamples } from '../../observe/metrics/stock-observation.ts';
import type { Limits, Observation } from '../../observe/observation.ts';

/** What the stock says of a sale that runs. */
export interface StockOfSale {
  /** Epoch ms since when it is sold out; absent while it is not. */
  readonly soldOutSince?: number;
  /** Why the stock cannot be read, in words; absent while it can be. */
  readonly unknown?: string;
}

/** Settled samples in a row that must say 0. */
const zerosNeeded = 2;

/**
 * Decides from the samples alone whether a sale is sold out, so that a restart or a missed tick changes nothing.
 *
 *   highest since the start   newest samples                              →  sold out
 *   more than 0               two settled ones, a step apart, are 0          yes, since the first 0 of those in a row
 *   more than 0               … and a later one, not settled, is above 0     no: more has come
 *   more than 0               one is 0                                       no
 *   0, or none                any                                            no: the source does not know the sale
 *   any                       older than staleAfterSeconds, or none          no: what is not known changes nothing
 */
export function stockOfSale(
  { sale, start }: { readonly sale: string; readonly start: number },
  { stock = [], limits, now }: Pick<Observation, 'stock' | 'limits' | 'now'>,
): StockOfSale {
  const observed = stock.find(one => one.sale === sale && one.since === start);
  if (observed === undefined) return {};
  const { samples, highest = 0 } = observed;
  if (isMissing(samples)) return { unknown: samples.missing };
  const { values, stepSeconds } = samples.recent;
  const settled = settledSteps(samples);
  const [newest, since] = [settled.at(-1), firstZero(settled)];
  const staleMs = staleAfterMs(samples, limits);
  const timeOf = (index: number) => samples.recent.start + index * stepSeconds * 1000;
  const isFresh = newest !== undefined && now - timeOf(newest.index + 1) <= staleMs;
  if (samples.ageSeconds * 1000 > staleMs || !isFresh)
    return { unknown: samples.failure ?? `its newest sample is more than ${staleMs / 1000} s old` };
  const hasMore = values.slice(newest.index + 1).some(value => value !== null && value > 0);
  if (highest <= 0 || hasMore || since === undefined) return {};
  return { soldOutSince: timeOf(since + 1) };
}

interface Sample {
  readonly index: number;
  readonly value: number;
}

/** The settled samples, by step; steps without one are left out. */
function settledSteps({ recent, settledUntil = Number.POSITIVE_INFINITY }: StockSamples): readonly Sample[] {
  const until = Math.floor((settledUntil - recent.start) / (recent.stepSeconds * 1000));
  return recent.values.flatMap((value, index) => (value === null || index >= until ? [] : [{ index, value }]));
}

/** The step of the first 0 of those in a row at the end; undefined where fewer than two steps in a row say 0. */
function firstZero(samples: readonly Sample[]): number | undefined {
  let first = samples.length;
  while (first > 0 && isZeroBefore(samples, first)) first -= 1;
  return samples.length - first >= zerosNeeded ? samples[first]?.index : undefined;
}

/** Whether the sample before place `at` says 0 and is a step before the one at that place. */
function isZeroBefore(samples: readonly Sample[], at: number): boolean {
  const [before, after] = [samples[at - 1], samples[at]];
  return before !== undefined && before.value <= 0 && (after === undefined || before.index === after.index - 1);
}

function staleAfterMs({ latenessSeconds = 0 }: StockSamples, { staleAfterSeconds }: Pick<Limits, 'staleAfterSeconds'>) {
  return (staleAfterSeconds + latenessSeconds) * 1000;
}
