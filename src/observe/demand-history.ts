import type { Series } from '../../forecasts/index.ts';
import { atMost } from '../api/at-most.ts';
import type { Missing } from '../api/missing.ts';
import { ownValue } from '../api/names/own-value.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { type MetricSource, splitRange } from './metrics/metric-source.ts';
import type { DemandObservation } from './observation.ts';
import { describeDemand, describeUnknownSource, type KnownSamples } from './samples/describe-demand.ts';
import type { PackedSeries } from './samples/packed-series.ts';
import { align, RememberedSamples } from './samples/remembered-samples.ts';
import { SourceBudget } from './source-budget.ts';

/** Who asks, and how long it waits at most, in ms of real time. */
export interface AskOptions {
  readonly namespace?: string | undefined;
  readonly patienceMs: number;
}

/** A demand query, and how late its source was found to be before, in seconds. */
type Demand = ScalingTargetSpec['demand'] & { readonly latenessSeconds?: number | undefined };

/**
 * Samples of every demand query, kept so that each is fetched once. One per process; losing it costs only a new fetch.
 */
export interface DemandHistory {
  /**
   * Fetches the samples that are new at `now` and returns the newest two hours, or why there are none. Never throws and
   * returns within `patienceMs`, at once from a source that has let somebody wait in vain and has not answered since: a
   * slow fetch continues in the background, the samples known so far are returned, and `onLate` is called with
   * `namespace` when it ends.
   */
  observe(demand: Demand, now: number, namespace?: string): Promise<DemandObservation | Missing>;
  /** Fetches the samples that are new at `now` and resolves as `observe` does, within a patience (ms) of its own. */
  ask(demand: Demand, now: number, options: AskOptions): Promise<void>;
  /**
   * Returns the remembered samples of [start, end), null where nothing was measured; the same range gives the same
   * values.
   */
  read(historyKey: string, start: number, end: number): Series | undefined;
  /** The same as one typed array, for a fit. */
  readPacked(historyKey: string, start: number, end: number): PackedSeries | undefined;
  /** Returns the kind of metric store of a source, as in the settings; undefined for an unknown one. */
  typeOf(source: string): string | undefined;
  /** Drops the samples of every query that no target has used for a day, because its target was edited or deleted. */
  forgetUnasked(now: number): void;
  /** Number of remembered queries. */
  readonly size: number;
}

interface Remembered extends KnownSamples {
  /** Epoch ms of the last time a target asked for the query. */
  askedAt: number;
  running: KnownSamples['running'];
  failure: KnownSamples['failure'];
  /** Namespaces that went on without waiting for the fetch in progress. */
  readonly missedBy: Set<string>;
}

const dayMs = 86_400_000;
/**
 * Extra history to keep beyond what was asked for, in ms: models are fitted up to six hours back and need the whole
 * history there.
 */
const fitMarginMs = dayMs / 2;
/** Maximum steps fetched at once; each piece is kept, so that a long history survives a store that fails half way. */
const stepsPerPiece = 10_000;

/**
 * Creates an empty history for these sources. `patienceMs` is transport time. `onLate` is called when a fetch ends that a
 * namespace did not wait for.
 */
export function createDemandHistory(
  sources: Readonly<Record<string, MetricSource>>,
  patienceMs = 5_000,
  onLate: (namespace: string) => void = () => {},
): DemandHistory {
  const memory = new Map<string, Remembered>();
  /** Sources that let a caller wait in vain and have not answered since: nobody waits for them again. */
  const silent = new Set<string>();
  const budgets = new Map(Object.keys(sources).map(name => [name, new SourceBudget(name)]));

  /** Begins to fetch what is new, unless that is under way; undefined for an unknown source. */
  const begin = (demand: Demand, now: number): Remembered | undefined => {
    const source = ownValue(sources, demand.source);
    const budget = budgets.get(demand.source);
    if (source === undefined || budget === undefined) return undefined;
    const remembered = remember(memory, historyKeyOf(demand), demand, now);
    budget.look(now);
    remembered.running ??= refresh(remembered, { source, budget }, demand, now).finally(() => {
      remembered.running = undefined;
      silent.delete(demand.source);
      const missed = [...remembered.missedBy];
      remembered.missedBy.clear();
      missed.forEach(onLate);
    });
    return remembered;
  };
  const ask = async (demand: Demand, now: number, { namespace, patienceMs }: AskOptions) => {
    const remembered = begin(demand, now);
    if (remembered?.running === undefined) return remembered;
    const isInTime = await atMost(remembered.running, silent.has(demand.source) ? 0 : patienceMs);
    if (!isInTime && patienceMs > 0) silent.add(demand.source);
    if (!isInTime && namespace !== undefined) remembered.missedBy.add(namespace);
    return remembered;
  };

  return {
    async observe(demand, now, namespace) {
      const remembered = await ask(demand, now, { namespace, patienceMs });
      if (remembered === undefined) return { missing: describeUnknownSource(demand.source, sources) };
      return describeDemand(remembered, historyKeyOf(demand), demand, now);
    },
    async ask(demand, now, options) {
      await ask(demand, now, options);
    },
    read(historyKey, start, end) {
      return memory.get(historyKey)?.samples.slice(start, end);
    },
    readPacked(historyKey, start, end) {
      return memory.get(historyKey)?.samples.packed(start, end);
    },
    typeOf: source => ownValue(sources, source)?.type,
    forgetUnasked(now) {
      for (const [key, { askedAt }] of memory) if (askedAt < now - dayMs) memory.delete(key);
    },
    get size() {
      return memory.size;
    },
  };
}

/** Key of a query's samples; targets with the same query and the same number of days share them. */
function historyKeyOf({ source, query, stepSeconds, historyDays }: Demand): string {
  return `${source}|${stepSeconds}|${historyDays}|${query}`;
}

function remember(
  memory: Map<string, Remembered>,
  key: string,
  { stepSeconds, historyDays, latenessSeconds = 0 }: Demand,
  now: number,
): Remembered {
  const oldest = now - historyDays * dayMs - fitMarginMs;
  const remembered = memory.get(key) ?? {
    samples: new RememberedSamples(stepSeconds * 1000, oldest, { now, knownLateMs: latenessSeconds * 1000 }),
    askedAt: now,
    running: undefined,
    failure: undefined,
    missedBy: new Set<string>(),
  };
  memory.set(key, remembered);
  remembered.askedAt = now;
  remembered.samples.forget(oldest - fitMarginMs);
  return remembered;
}

async function refresh(
  remembered: Remembered,
  { source, budget }: { readonly source: MetricSource; readonly budget: SourceBudget },
  { query, stepSeconds }: Demand,
  now: number,
): Promise<void> {
  const { samples } = remembered;
  const start = samples.dueFrom(now);
  if (start === undefined) return;
  const end = align(now, samples.stepMs);
  try {
    for (const range of splitRange({ query, start, end, stepSeconds }, stepsPerPiece)) {
      budget.assertFree();
      let taken = range.start;
      const onPiece = (piece: Series) => {
        samples.merge(piece, now);
        taken = piece.start + piece.values.length * samples.stepMs;
      };
      const whole = await source.readRange(range, undefined, { ask: budget.ask, onPiece });
      if (taken < range.end) samples.merge(whole, now);
    }
    samples.checked(now);
    remembered.failure = undefined;
  } catch (error) {
    budget.refused(error);
    remembered.failure = describeFailure(error);
  }
}

function describeFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
