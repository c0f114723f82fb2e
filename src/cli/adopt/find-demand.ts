import type { Series } from '../../../forecasts/index.ts';
import { type MetricSource, MetricSourceError } from '../../observe/metrics/metric-source.ts';
import { type DemandCandidate, demandCandidates, type SoughtWorkload } from './demand-candidates.ts';

/** The demand that was found for a workload, with its history. */
export interface FoundDemand extends DemandCandidate {
  readonly series: Series;
}

/** Seconds of a step. */
const stepSeconds = 60;
const stepMs = stepSeconds * 1000;
/** Days of history that are read. */
const historyDays = 28;
const triedMs = 3_600_000;

/**
 * Tries the candidates of a workload on the last hour of a source, and reads the history of the first that has values.
 * `now` is epoch ms. Undefined when none has any.
 *
 * @throws MetricSourceError when the source cannot be asked; a query that it refuses is no candidate
 */
export async function findDemand(
  source: MetricSource,
  workload: SoughtWorkload,
  now: number,
): Promise<FoundDemand | undefined> {
  const end = Math.floor(now / stepMs) * stepMs;
  for (const candidate of demandCandidates(source.type, workload)) {
    const { query } = candidate;
    if (!(await hasValues(source, { query, start: end - triedMs, end, stepSeconds }))) continue;
    const start = end - historyDays * 86_400_000;
    return { ...candidate, series: await source.readRange({ query, start, end, stepSeconds }) };
  }
  return undefined;
}

async function hasValues(source: MetricSource, asked: Parameters<MetricSource['readRange']>[0]): Promise<boolean> {
  try {
    const { values } = await source.readRange(asked);
    return values.some(value => value !== null && value > 0);
  } catch (error) {
    if (error instanceof MetricSourceError && error.reason === 'BadQuery') return false;
    throw error;
  }
}
