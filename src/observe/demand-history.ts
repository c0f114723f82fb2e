import type { Series } from '../../forecasts/index.ts';
import { atMost } from '../api/at-most.ts';
import type { Missing } from '../api/missing.ts';
import { ownValue } from '../api/names/own-value.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { type MetricSource, splitRange } from './metrics/metric-source.ts';
import type { DemandObservation } from './observation.ts';
import type { PackedSeries } from './samples/packed-series.ts';
import { align, RememberedSamples } from './samples/remembered-samples.ts';
import { SourceBudget } from './source-budget.ts';

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

interface Remembered {
  readonly samples: RememberedSamples;
  /** Epoch ms of the last time a target asked for the query. */
  askedAt: number;
  /** Fetch in progress. */
  running: Promise<void> | undefined;
  /** Message of the last failed fetch; cleared by the next success. */
  failure: string | undefined;
  /** Namespaces that went on without waiting for the fetch in progress. */
  readonly missedBy: Set<string>;
}

const dayMs = 86_400_000;
const recentMs = 2 * 3_600_000;
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

  return {
    async observe(demand, now, namespace) {
      const source = ownValue(sources, demand.source);
      const budget = budgets.get(demand.source);
      if (source === undefined || budget === undefined)
        return { missing: describeUnknownSource(demand.source, sources) };
      const key = historyKeyOf(demand);
      const remembered = remember(memory, key, demand, now);
      budget.look(now);
      remembered.running ??= refresh(remembered, { source, budget }, demand, now).finally(() => {
        remembered.running = undefined;
        silent.delete(demand.source);
        const missed = [...remembered.missedBy];
        remembered.missedBy.clear();
        missed.forEach(onLate);
      });
      const isInTime = await atMost(remembered.running, silent.has(demand.source) ? 0 : patienceMs);
      if (!isInTime) silent.add(demand.source);
      if (!isInTime && namespace !== undefined) remembered.missedBy.add(namespace);
      return describe(remembered, key, demand, now);
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

function describe(
  { samples, failure, running }: Remembered,
  historyKey: string,
  demand: Demand,
  now: number,
): DemandObservation | Missing {
  const { measured, end, settledUntil, lateness } = samples;
  if (measured === undefined) {
    if (failure === undefined && running !== undefined)
      return { missing: `source "${demand.source}" is still being read.`, isPending: true };
    const nothing = `source "${demand.source}" has no sample for this query in the last ${demand.historyDays} days.`;
    return { missing: failure ?? nothing };
  }
  return {
    recent: samples.slice(end - recentMs, end),
    historyKey,
    ageSeconds: Math.max(0, Math.round((now - measured.until) / 1000)),
    source: demand.source,
    historySeconds: (end - measured.from) / 1000,
    settledUntil,
    ...(lateness.measuredMs === undefined ? {} : { latenessSeconds: Math.round(lateness.measuredMs / 1000) }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function describeUnknownSource(name: string, sources: Readonly<Record<string, MetricSource>>): string {
  const known = Object.keys(sources).map(source => `"${source}"`);
  return `the operator's settings have no metric source "${name}"; they have ${known.length === 0 ? 'none' : known.join(', ')}.`;
}

function describeFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
