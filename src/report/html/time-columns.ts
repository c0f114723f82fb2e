import { parseInstant } from '../../api/instant.ts';
import type { PlannedTarget, TimelinePoint } from '../../api/sale-plan.ts';

/** Values over time for one chart; columns of equal length, null where nothing is known. Times are epoch ms. */
export interface DemandColumns {
  readonly t: readonly number[];
  /** Requests per second: measured, and forecast P50 and P95. */
  readonly actual: readonly (number | null)[];
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
}

/** A forecast at one time, in requests per second. */
export interface ForecastPoint {
  /** Epoch ms. */
  readonly t: number;
  readonly p50: number;
  readonly p95: number;
}

/** Replicas over time: the planned bounds, and the replicas that were ready. */
export interface ReplicaColumns {
  readonly t: readonly number[];
  readonly floor: readonly (number | null)[];
  readonly maximum: readonly (number | null)[];
  readonly ready: readonly (number | null)[];
}

/** A forecast of demand with its P50 and P95, and what was measured, by time. */
export function demandColumns(input: {
  /** The forecast, by time; absent before one is made, and after the sale. */
  readonly forecast?: readonly ForecastPoint[] | undefined;
  /** The record of the sale. */
  readonly timeline: readonly TimelinePoint[];
  /** Measured demand of the newest minutes. */
  readonly recent?:
    | { readonly start: number; readonly stepSeconds: number; readonly values: readonly (number | null)[] }
    | undefined;
}): DemandColumns {
  const { forecast = [], timeline, recent } = input;
  const at = new Map<number, { actual?: number; p50?: number; p95?: number }>();
  const put = (t: number, values: { actual?: number; p50?: number; p95?: number }) =>
    at.set(t, { ...at.get(t), ...values });
  for (const { t, p50, p95 } of forecast) put(t, { p50, p95 });
  for (const { t, demand, forecast: median, upper } of timeline)
    put(parseInstant(t), {
      ...(demand === undefined ? {} : { actual: demand }),
      ...(median === undefined ? {} : { p50: median }),
      ...(upper === undefined ? {} : { p95: upper }),
    });
  for (const [index, value] of (recent?.values ?? []).entries())
    if (value !== null && recent !== undefined)
      put(recent.start + index * recent.stepSeconds * 1000, { actual: value });
  const rows = [...at].sort(([a], [b]) => a - b);
  return {
    t: rows.map(([t]) => t),
    actual: rows.map(([, { actual }]) => actual ?? null),
    p50: rows.map(([, { p50 }]) => p50 ?? null),
    p95: rows.map(([, { p95 }]) => p95 ?? null),
  };
}

/** The planned bounds of a target until `end` (epoch ms), with the replicas that were ready. */
export function replicaColumns(
  steps: PlannedTarget['steps'],
  timeline: readonly TimelinePoint[],
  end: number,
): ReplicaColumns {
  const changes = steps.map(({ from, minReplicas, maxReplicas }) => ({
    t: parseInstant(from),
    minReplicas,
    maxReplicas,
  }));
  const ready = new Map(timeline.map(point => [parseInstant(point.t), point.ready]));
  const times = [
    ...new Set([...changes.map(({ t }) => t), ...ready.keys(), ...(changes.length > 0 ? [end] : [])]),
  ].sort((a, b) => a - b);
  const held = times.map(t => changes.findLast(change => change.t <= t));
  return {
    t: times,
    floor: held.map(one => one?.minReplicas ?? null),
    maximum: held.map(one => one?.maxReplicas ?? null),
    ready: times.map(t => ready.get(t) ?? null),
  };
}
