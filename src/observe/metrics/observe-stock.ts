import type { Series } from '../../../forecasts/index.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { saleArgument } from '../../api/limits/stock-source.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { StockObservation, StockSamples } from './stock-observation.ts';
import { writeLiteral } from './write-literal.ts';

/** Samples of queries, as the history of demand keeps them. */
export interface StockHistory {
  observe(
    question: {
      readonly source: string;
      readonly query: string;
      readonly stepSeconds: number;
      readonly historyDays: number;
    },
    now: number,
    namespace: string,
  ): Promise<(StockSamples & { readonly historyKey: string }) | Missing>;
  /** Returns the samples of [start, end), epoch ms; null where nothing was measured. */
  read(historyKey: string, start: number, end: number): Series | undefined;
  /** Returns the kind of metric store of a source; undefined for an unknown one. */
  typeOf(source: string): string | undefined;
}

/** Seconds between two samples of the stock. */
const stepSeconds = 60;
const dayMs = 86_400_000;
const mostDays = 400;

/**
 * Reads the stock of every sale that runs, as demand is read: the samples that are new, within the patience for a
 * metric store; a slow answer is used in a later reconcile. The history reaches back to the sale's start.
 */
export async function observeStock(
  {
    now,
    namespace,
    sales,
    policy,
    starts = () => undefined,
  }: {
    /** Epoch ms. */
    readonly now: number;
    readonly namespace: string;
    readonly sales: readonly FlashSale[];
    readonly policy: Pick<ScalingPolicySpec, 'stockSource'>;
    /** Returns the starts (epoch ms) of a recurring sale by name; undefined for a single one. */
    readonly starts?: (sale: string) => readonly number[] | undefined;
  },
  history: StockHistory | undefined,
): Promise<readonly StockObservation[]> {
  const { stockSource } = policy;
  if (stockSource === undefined || history === undefined) return [];
  const { source, query } = stockSource;
  const running = sales.flatMap(({ metadata: { name }, spec }) => {
    const first = parseInstant(spec.startTime);
    const lengthMs = parseInstant(spec.endTime) - first;
    const since = (starts(name) ?? [first]).findLast(start => start <= now);
    return spec.cancelled || since === undefined || now >= since + lengthMs ? [] : [{ name, since, lengthMs }];
  });
  return Promise.all(
    running.map(async ({ name, since, lengthMs }): Promise<StockObservation> => {
      const literal = writeLiteral(history.typeOf(source) ?? '', name);
      const historyDays = daysFor(lengthMs);
      const question = { source, query: query.replaceAll(saleArgument, () => literal), stepSeconds, historyDays };
      const samples = await history.observe(question, now, namespace);
      const highest = isMissing(samples) ? undefined : highestOf(history.read(samples.historyKey, since, now)?.values);
      return { sale: name, since, ...(highest === undefined ? {} : { highest }), samples };
    }),
  );
}

/** Days of history for a sale of this length (ms): a power of 2, so that an extension seldom asks for all of it anew. */
function daysFor(lengthMs: number): number {
  return Math.min(mostDays, 2 ** Math.ceil(Math.log2(Math.ceil(lengthMs / dayMs) + 1)));
}

function highestOf(values: readonly (number | null)[] = []): number | undefined {
  let highest: number | undefined;
  for (const value of values) if (value !== null && (highest === undefined || value > highest)) highest = value;
  return highest;
}
