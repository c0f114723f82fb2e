import type { Series } from '../../forecasts/index.ts';
import type { Missing } from '../api/missing.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { type MetricSource, MetricSourceError } from './metric-source.ts';
import type { DemandObservation } from './observation.ts';

/** What is remembered of every demand query, so that each sample is fetched once. One a process; it may be lost at any time. */
export interface DemandHistory {
  /** Fetches what is new at `now` and gives the newest two hours, or why there is nothing. Never throws. */
  observe(demand: ScalingTargetSpec['demand'], now: number, signal?: AbortSignal): Promise<DemandObservation | Missing>;
  /** The remembered samples of [start, end), null where nothing was measured; the same range gives the same values. */
  read(historyKey: string, start: number, end: number): Series | undefined;
}

interface Remembered {
  readonly stepMs: number;
  /** Epoch ms of the first remembered step. */
  start: number;
  values: (number | null)[];
  /** Of the last refusal; cleared by the next answer. */
  failure: string | undefined;
}

const recentMs = 2 * 3_600_000;
/** Samples may arrive late: nulls of this age and younger are asked for again. */
const lateMs = 10 * 60_000;

export function createDemandHistory(sources: Readonly<Record<string, MetricSource>>): DemandHistory {
  const memory = new Map<string, Remembered>();
  const underWay = new Map<string, Promise<void>>();

  return {
    async observe(demand, now, signal) {
      const source = sources[demand.source];
      if (source === undefined) return { missing: describeUnknownSource(demand.source, sources) };
      const key = historyKeyOf(demand);
      const remembered = remember(memory, key, demand, now);
      const running =
        underWay.get(key) ?? refresh(remembered, source, demand, now, signal).finally(() => underWay.delete(key));
      underWay.set(key, running);
      await running;
      return describe(remembered, key, demand, now);
    },
    read(historyKey, start, end) {
      const remembered = memory.get(historyKey);
      return remembered === undefined ? undefined : slice(remembered, start, end);
    },
  };
}

/** Two targets that ask the same question share one memory. */
function historyKeyOf({ source, query, stepSeconds }: ScalingTargetSpec['demand']): string {
  return `${source}|${stepSeconds}|${query}`;
}

function remember(
  memory: Map<string, Remembered>,
  key: string,
  demand: ScalingTargetSpec['demand'],
  now: number,
): Remembered {
  const stepMs = demand.stepSeconds * 1000;
  const oldest = align(now - demand.historyDays * 86_400_000, stepMs);
  const present = memory.get(key);
  // A longer history than remembered starts over: rare (an edited ScalingTarget), and simple to be right about.
  if (present !== undefined && present.start <= oldest) return present;
  const fresh: Remembered = { stepMs, start: oldest, values: [], failure: undefined };
  memory.set(key, fresh);
  return fresh;
}

async function refresh(
  remembered: Remembered,
  source: MetricSource,
  { query, stepSeconds, historyDays }: ScalingTargetSpec['demand'],
  now: number,
  signal?: AbortSignal,
): Promise<void> {
  forget(remembered, align(now - (historyDays + 1) * 86_400_000, remembered.stepMs));
  const start = firstUnknown(remembered, now);
  const end = align(now, remembered.stepMs);
  if (start >= end) return;
  try {
    const { values } = await source.readRange({ query, start, end, stepSeconds }, signal);
    remembered.values = remembered.values.slice(0, (start - remembered.start) / remembered.stepMs).concat(values);
    remembered.failure = undefined;
  } catch (error) {
    remembered.failure = describeFailure(error);
  }
}

/** Where to ask from: the first step not yet remembered, or the first null young enough to have been late. */
function firstUnknown({ start, stepMs, values }: Remembered, now: number): number {
  const youngest = Math.max(0, Math.ceil((now - lateMs - start) / stepMs));
  for (let index = youngest; index < values.length; index++) {
    if (values[index] === null) return start + index * stepMs;
  }
  return start + values.length * stepMs;
}

function forget(remembered: Remembered, oldest: number): void {
  const steps = Math.floor((oldest - remembered.start) / remembered.stepMs);
  if (steps <= 0) return;
  remembered.values.splice(0, steps);
  remembered.start += steps * remembered.stepMs;
}

function describe(
  remembered: Remembered,
  historyKey: string,
  demand: ScalingTargetSpec['demand'],
  now: number,
): DemandObservation | Missing {
  const { start, stepMs, values, failure } = remembered;
  const newest = values.findLastIndex(value => value !== null);
  if (newest < 0)
    return {
      missing:
        failure ?? `source "${demand.source}" has no sample for this query in the last ${demand.historyDays} days.`,
    };
  const end = start + values.length * stepMs;
  return {
    recent: slice(remembered, Math.max(start, align(end - recentMs, stepMs)), end),
    historyKey,
    ageSeconds: Math.max(0, Math.round((now - (start + (newest + 1) * stepMs)) / 1000)),
    source: demand.source,
    historySeconds: ((values.length - values.findIndex(value => value !== null)) * stepMs) / 1000,
    ...(failure === undefined ? {} : { failure }),
  };
}

function slice({ start, stepMs, values }: Remembered, from: number, to: number): Series {
  const first = align(from, stepMs);
  const count = Math.max(0, Math.floor((to - first) / stepMs));
  const offset = (first - start) / stepMs;
  return {
    start: first,
    stepSeconds: stepMs / 1000,
    values: Array.from({ length: count }, (_, index) => values[offset + index] ?? null),
  };
}

function align(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}

function describeUnknownSource(name: string, sources: Readonly<Record<string, MetricSource>>): string {
  const known = Object.keys(sources).map(source => `"${source}"`);
  return `the operator's settings have no metric source "${name}"; they have ${known.length === 0 ? 'none' : known.join(', ')}.`;
}

function describeFailure(error: unknown): string {
  if (error instanceof MetricSourceError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
