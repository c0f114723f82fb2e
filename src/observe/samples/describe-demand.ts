import type { Missing } from '../../api/missing.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { MetricSource } from '../metrics/metric-source.ts';
import type { DemandObservation } from '../observation.ts';
import type { RememberedSamples } from './remembered-samples.ts';

/** The samples of a query, and how its fetches went. */
export interface KnownSamples {
  readonly samples: RememberedSamples;
  /** Message of the last failed fetch; cleared by the next success. */
  readonly failure: string | undefined;
  /** Fetch in progress. */
  readonly running: Promise<void> | undefined;
}

const recentMs = 2 * 3_600_000;

/** Describes what is known of a query at `now` (epoch ms): its newest two hours, or why there are none. */
export function describeDemand(
  { samples, failure, running }: KnownSamples,
  historyKey: string,
  demand: Pick<ScalingTargetSpec['demand'], 'source' | 'historyDays'>,
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

/** Says that the settings have no metric source of that name, and which they have. */
export function describeUnknownSource(name: string, sources: Readonly<Record<string, MetricSource>>): string {
  const known = Object.keys(sources).map(source => `"${source}"`);
  return `the operator's settings have no metric source "${name}"; they have ${known.length === 0 ? 'none' : known.join(', ')}.`;
}
