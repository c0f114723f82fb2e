import type { Series } from '../../../forecasts/index.ts';
import { isMissing } from '../../api/missing.ts';
import { createDemandHistory, type DemandHistory } from '../../observe/demand-history.ts';
import { createMetricSource } from '../../observe/metrics/create-metric-source.ts';
import type { DemandObservation, Observation } from '../../observe/observation.ts';
import type { Settings } from '../../operator/settings/settings.ts';

/** Real time in ms that a command waits for one history: weeks of it may take a store a while. */
const patienceMs = 180_000;
const dayMs = 86_400_000;

/** Opens the metric sources of the settings, for a command that asks once and waits for the answer. */
export function openSourceDemand(settings: Pick<Settings, 'sources'>): DemandHistory {
  const sources = Object.entries(settings.sources).map(([name, one]) => [name, createMetricSource(one)]);
  return createDemandHistory(Object.fromEntries(sources), patienceMs);
}

/** Asks the sources for the demand of each target of an Observation, in place of what stands there. */
export async function withSourceDemand(
  observation: Observation,
  demand: Pick<DemandHistory, 'observe'>,
): Promise<Observation> {
  const { now, namespace } = observation;
  const targets = await Promise.all(
    observation.targets.map(async one => ({
      ...one,
      demand: await demand.observe(one.target.spec.demand, now, namespace),
    })),
  );
  return { ...observation, targets };
}

/** Reads the whole history of each target that has demand, up to the Observation's `now`, by the target's name. */
export function sourceHistories(
  { now, targets }: Pick<Observation, 'now' | 'targets'>,
  demand: Pick<DemandHistory, 'read'>,
): Readonly<Record<string, Series>> {
  return Object.fromEntries(
    targets.flatMap(({ target: { metadata, spec }, demand: observed }): [string, Series][] => {
      if (isMissing(observed)) return [];
      const { historyDays } = spec.demand;
      return [[metadata.name, readWholeHistory(demand, { ...observed, historyDays, now })]];
    }),
  );
}

/** Reads what a source has of one query: from its first value within `historyDays` up to `now`, epoch ms. */
export function readWholeHistory(
  demand: Pick<DemandHistory, 'read'>,
  asked: Pick<DemandObservation, 'historyKey' | 'recent'> & { readonly historyDays: number; readonly now: number },
): Series {
  const { historyKey, recent, historyDays, now } = asked;
  return fromFirstValue(demand.read(historyKey, now - historyDays * dayMs, now) ?? recent);
}

/** Leaves out the steps before the first that was measured. */
function fromFirstValue({ start, stepSeconds, values }: Series): Series {
  const first = values.findIndex(value => value !== null);
  if (first === -1) return { start, stepSeconds, values: [] };
  return { start: start + first * stepSeconds * 1000, stepSeconds, values: values.slice(first) };
}
