import type { Segment, Timeline } from './alert-timeline.ts';

/** Seconds from the begin of the time line. */
export const start = 3600;
/** When the sale ends. */
export const end = start + 1800;
/** Length of the time line. */
export const seconds = end + 2700;

/** Labels of the one target of the time line. */
export const target = '{namespace="shop",target="checkout",instance="a"}';
/** Labels of its one sale. */
export const occurrence = 'namespace="shop",sale="drop",sale_plan="drop-20261127-1900",instance="a"';
/** Series of a verdict on the sale. */
export const verdict = (name: string) => `headstart_sale_verdict{${occurrence},verdict="${name}"}`;
/** Series of a verdict of its condition CapacityReady. */
export const capacity = (name: string) =>
  `headstart_sale_condition_verdict{${occurrence},condition="CapacityReady",verdict="${name}"}`;
/** Series of writes with an outcome. */
export const writes = (outcome: string) =>
  `headstart_writes_total{namespace="shop",kind="HorizontalPodAutoscaler",part="Bounds",outcome="${outcome}",instance="a"}`;
/** A value from the begin until the series goes. */
export const until = (value: number, gone: number): readonly Segment[] => [
  [0, value],
  [gone, 'gone'],
];

/** A sale as it should go: raised at prescaleTime, ready in time, restored after the end. */
export function goodSale(
  { lead, ready }: { readonly lead: number; readonly ready: number } = { lead: 107, ready: 50 },
) {
  const prescale = start - lead;
  return {
    [`headstart_floor_replicas${target}`]: [
      [0, 0],
      [prescale, 55],
      [end, 0],
    ],
    [`headstart_ready_replicas${target}`]: [
      [0, 4],
      [start - ready, 55],
      [end + 300, 4],
    ],
    [`headstart_at_ceiling${target}`]: [[0, 0]],
    [`headstart_demand_available${target}`]: [[0, 1]],
    [`headstart_contested_reconciles_total${target}`]: [[0, 0]],
    [`headstart_raised_until_timestamp_seconds${target}`]: [
      [0, 'gone'],
      [prescale, end],
      [end + 600, 'gone'],
    ],
    [`headstart_sale_prescale_timestamp_seconds{${occurrence}}`]: until(prescale, end),
    [`headstart_sale_start_timestamp_seconds{${occurrence}}`]: until(start, end),
    [`headstart_sale_end_timestamp_seconds{${occurrence}}`]: until(end, end),
    [verdict('NotDue')]: until(1, prescale),
    [verdict('AtRisk')]: [
      [0, 'gone'],
      [prescale, 1],
      [start - ready, 'gone'],
    ],
    [capacity('AtRisk')]: [
      [0, 'gone'],
      [prescale, 1],
      [start - ready, 'gone'],
    ],
    [verdict('Go')]: [
      [0, 'gone'],
      [start - ready, 1],
      [end, 'gone'],
    ],
    'headstart_leader{instance="a"}': [[0, 1]],
    'headstart_leader{instance="b"}': [[0, 0]],
    'headstart_next_reconcile_timestamp_seconds{namespace="shop",instance="a"}': [[0, 15, 1]],
    'headstart_reconciles_total{namespace="shop",result="Failed",instance="a"}': [[0, 0]],
    [writes('Written')]: [[0, 0, 0.01]],
    'headstart_cache_age_seconds{resource="ScalingTarget",instance="a"}': [[0, 20]],
  } satisfies Timeline;
}

/** Every series of the time line ends at a time: the operator is gone. */
export const goneAt = (timeline: Timeline, at: number): Timeline =>
  Object.fromEntries(
    Object.entries(timeline).map(([series, segments]) => [
      series,
      [...segments.filter(([from]) => from < at), [at, 'gone'] as const],
    ]),
  );
/** A sale whose pods never come. */
export const tooFew = {
  ...goodSale(),
  [`headstart_ready_replicas${target}`]: [[0, 4]] as const,
  [verdict('AtRisk')]: [
    [0, 'gone'],
    [start - 105, 1],
    [start, 'gone'],
  ] as const,
  [capacity('AtRisk')]: [
    [0, 'gone'],
    [start - 105, 1],
    [start, 'gone'],
  ] as const,
  [verdict('NoGo')]: [
    [0, 'gone'],
    [start, 1],
    [end, 'gone'],
  ] as const,
  [verdict('Go')]: [[0, 'gone']] as const,
};
