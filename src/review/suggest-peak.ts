import type { Series } from '../../forecasts/index.ts';
import { formatMinute } from '../api/instant.ts';
import { ownValue } from '../api/names/own-value.ts';
import { measuredAt } from './measured-at.ts';

/** What to state next time. */
export interface SuggestedPeak {
  readonly percent: number;
  /** Beginning of the highest minute, epoch ms. */
  readonly at: number;
}

/**
 * Suggests expectedPeakPercent for the next sale: the highest measured minute of all entry points together, as a
 * percentage of that minute without the sale.
 */
export function suggestPeak(input: {
  readonly entryPoints: readonly string[];
  readonly actuals: Readonly<Record<string, Series | undefined>>;
  /** The demand without the sale, per entry point. */
  readonly bases: Readonly<Record<string, Series | undefined>>;
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
}): SuggestedPeak | undefined {
  const { entryPoints, actuals, bases, start, end } = input;
  const pairs = entryPoints.map(name => ({ actual: ownValue(actuals, name), base: ownValue(bases, name) }));
  const [first] = pairs;
  if (first?.actual === undefined) return undefined;
  const { stepSeconds, values } = first.actual;
  const firstStep = first.actual.start;
  let highest: { readonly demand: number; readonly at: number } | undefined;
  values.forEach((_, step) => {
    const at = firstStep + step * stepSeconds * 1000;
    if (at < start || at >= end) return;
    const demand = sumAt(
      pairs.map(({ actual }) => actual),
      at,
    );
    if (demand !== null && demand > (highest?.demand ?? 0)) highest = { demand, at };
  });
  if (highest === undefined) return undefined;
  const percent = percentOf(
    highest,
    pairs.map(({ base }) => base),
  );
  return percent === undefined ? undefined : { percent, at: highest.at };
}

/** The percentage, or undefined when the demand without the sale is unknown. */
function percentOf(
  { demand, at }: { readonly demand: number; readonly at: number },
  bases: readonly (Series | undefined)[],
): number | undefined {
  const without = sumAt(bases, at);
  if (without === null || without <= 0) return undefined;
  return Math.min(100_000, Math.max(100, Math.round((100 * demand) / without)));
}

function sumAt(series: readonly (Series | undefined)[], at: number): number | null {
  const values = series.map(one => measuredAt(one, at));
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

/** Says what to state next time and why: "You said 8×; the highest minute, at 19:41 UTC, was 6.1× …". */
export function describeSuggestion({ percent, at }: SuggestedPeak, statedPercent: number | undefined): string {
  const said = statedPercent === undefined ? 'You stated no peak' : `You said ${timesOf(statedPercent)}`;
  const came = `the highest minute, at ${formatMinute(at)}, was ${timesOf(percent)} of that minute without the sale`;
  return `${said}; ${came}. State expectedPeakPercent: ${percent} for the next one like it.`;
}

function timesOf(percent: number): string {
  return `${Number((percent / 100).toPrecision(2))}×`;
}
